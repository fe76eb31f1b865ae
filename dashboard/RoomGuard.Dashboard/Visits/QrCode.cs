using System.Text;

namespace RoomGuard.Dashboard.Visits;

/// <summary>
/// QR codes after ISO/IEC 18004:2015, as far as an invitation needs them: alphanumeric mode, error correction level M (a sixth of it may be torn or
/// stained), versions 1 to 3. Pure; nothing is fetched from anywhere.
/// </summary>
public static class QrCode
{
    private const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const int QuietModules = 4;

    // Per version: data code words and correction code words of its only block at level M (table 9), place of the alignment pattern.
    private static readonly (int Data, int Correction, int Alignment)[] Versions = [(16, 10, 0), (28, 16, 18), (44, 26, 22)];

    /// <summary>The modules, dark ones true, without the quiet zone around.</summary>
    /// <exception cref="ArgumentException">A sign outside the alphanumeric set, or more than 61 signs.</exception>
    public static bool[,] Modules(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Any(sign => !Signs.Contains(sign, StringComparison.Ordinal)))
        {
            throw new ArgumentException("Only digits, capital letters and space $ % * + - . / : can stand in it.", nameof(text));
        }

        var bits = 4 + 9 + (text.Length / 2 * 11) + (text.Length % 2 * 6);
        var at = Array.FindIndex(Versions, version => bits <= version.Data * 8);
        if (at < 0)
        {
            throw new ArgumentException("At most 61 signs.", nameof(text));
        }

        var (dataWords, correctionWords, alignment) = Versions[at];
        var data = DataWords(text, dataWords);
        byte[] words = [.. data, .. Correction(data, correctionWords)];
        var size = 21 + (at * 4);
        bool[,]? best = null;
        var least = int.MaxValue;
        for (var mask = 0; mask < 8; mask++)
        {
            var drawn = Draw(size, alignment, words, mask);
            var penalty = Penalty(drawn);
            if (penalty < least)
            {
                (best, least) = (drawn, penalty);
            }
        }

        return best!;
    }

    /// <summary>The dark modules as one SVG path, one unit a module, with the quiet zone of four that scanners need.</summary>
    /// <returns>The path's data, and the side length in units.</returns>
    public static (string Path, int Side) Svg(string text)
    {
        var modules = Modules(text);
        var size = modules.GetLength(0);
        var path = new StringBuilder();
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (!modules[row, column])
                {
                    continue;
                }

                var first = column;
                while (column + 1 < size && modules[row, column + 1])
                {
                    column++;
                }

                var length = column - first + 1;
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{first + QuietModules} {row + QuietModules}h{length}v1h-{length}z");
            }
        }

        return (path.ToString(), size + (2 * QuietModules));
    }

    // Mode and length, the signs in pairs, the end mark, then the pad words of the standard.
    private static byte[] DataWords(string text, int count)
    {
        var bits = new List<bool>();
        Put(bits, 0b0010, 4);
        Put(bits, text.Length, 9);
        for (var at = 0; at + 1 < text.Length; at += 2)
        {
            Put(bits, (Signs.IndexOf(text[at], StringComparison.Ordinal) * 45) + Signs.IndexOf(text[at + 1], StringComparison.Ordinal), 11);
        }

        if (text.Length % 2 == 1)
        {
            Put(bits, Signs.IndexOf(text[^1], StringComparison.Ordinal), 6);
        }

        Put(bits, 0, Math.Min(4, (count * 8) - bits.Count));
        Put(bits, 0, (8 - (bits.Count % 8)) % 8);
        var words = new byte[count];
        for (var at = 0; at < bits.Count; at++)
        {
            words[at / 8] |= (byte)(bits[at] ? 0x80 >> (at % 8) : 0);
        }

        for (var (at, pad) = (bits.Count / 8, false); at < count; at++, pad = !pad)
        {
            words[at] = pad ? (byte)0x11 : (byte)0xEC;
        }

        return words;
    }

    private static void Put(List<bool> bits, int value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            bits.Add(((value >> bit) & 1) == 1);
        }
    }

    // Reed-Solomon over GF(256) with the polynomial 0x11D: the remainder of the data by the generator of that many roots.
    private static byte[] Correction(byte[] data, int count)
    {
        var generator = new byte[count];
        generator[^1] = 1;
        byte root = 1;
        for (var at = 0; at < count; at++)
        {
            for (var term = 0; term < count; term++)
            {
                generator[term] = (byte)(Times(generator[term], root) ^ (term + 1 < count ? generator[term + 1] : 0));
            }

            root = Times(root, 2);
        }

        var rest = new byte[count];
        foreach (var word in data)
        {
            var factor = (byte)(word ^ rest[0]);
            Array.Copy(rest, 1, rest, 0, count - 1);
            rest[^1] = 0;
            for (var term = 0; term < count; term++)
            {
                rest[term] ^= Times(generator[term], factor);
            }
        }

        return rest;
    }

    private static byte Times(byte one, byte other)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((other >> bit) & 1) * one;
        }

        return (byte)product;
    }

    private static bool[,] Draw(int size, int alignment, byte[] words, int mask)
    {
        var (dark, taken) = (new bool[size, size], new bool[size, size]);
        void Set(int row, int column, bool on) => (dark[row, column], taken[row, column]) = (on, true);
        foreach (var (top, left) in new[] { (0, 0), (0, size - 7), (size - 7, 0) })
        {
            for (var row = -1; row <= 7; row++)
            {
                for (var column = -1; column <= 7; column++)
                {
                    if (top + row >= 0 && top + row < size && left + column >= 0 && left + column < size)
                    {
                        var ring = Math.Max(Math.Abs(row - 3), Math.Abs(column - 3));
                        Set(top + row, left + column, ring is not (2 or 4));
                    }
                }
            }
        }

        for (var at = 8; at < size - 8; at++)
        {
            Set(6, at, at % 2 == 0);
            Set(at, 6, at % 2 == 0);
        }

        if (alignment > 0)
        {
            for (var row = -2; row <= 2; row++)
            {
                for (var column = -2; column <= 2; column++)
                {
                    Set(alignment + row, alignment + column, Math.Max(Math.Abs(row), Math.Abs(column)) != 1);
                }
            }
        }

        Format(size, mask, Set);
        var bit = 0;
        for (var right = size - 1; right >= 1; right -= 2)
        {
            right -= right == 6 ? 1 : 0;
            for (var step = 0; step < size; step++)
            {
                var row = ((right + 1) & 2) == 0 ? size - 1 - step : step;
                foreach (var column in new[] { right, right - 1 })
                {
                    if (taken[row, column])
                    {
                        continue;
                    }

                    var on = bit < words.Length * 8 && (words[bit / 8] & (0x80 >> (bit % 8))) != 0;
                    dark[row, column] = on ^ Masked(mask, row, column);
                    bit++;
                }
            }
        }

        return dark;
    }

    // Level M is 00; ten bits of a BCH code follow, and the whole is laid over with 0x5412 (section 7.9).
    private static void Format(int size, int mask, Action<int, int, bool> set)
    {
        var rest = mask;
        for (var at = 0; at < 10; at++)
        {
            rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        }

        var bits = ((mask << 10) | rest) ^ 0x5412;
        bool Bit(int at) => ((bits >> at) & 1) == 1;
        for (var at = 0; at < 6; at++)
        {
            set(at, 8, Bit(at));
        }

        set(7, 8, Bit(6));
        set(8, 8, Bit(7));
        set(8, 7, Bit(8));
        for (var at = 9; at < 15; at++)
        {
            set(8, 14 - at, Bit(at));
        }

        for (var at = 0; at < 8; at++)
        {
            set(8, size - 1 - at, Bit(at));
        }

        for (var at = 8; at < 15; at++)
        {
            set(size - 15 + at, 8, Bit(at));
        }

        set(size - 8, 8, true);
    }

    private static bool Masked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => ((row / 2) + (column / 3)) % 2 == 0,
        5 => (row * column % 2) + (row * column % 3) == 0,
        6 => ((row * column % 2) + (row * column % 3)) % 2 == 0,
        _ => (((row + column) % 2) + (row * column % 3)) % 2 == 0,
    };

    // Section 7.8.3: runs, blocks, marks that look like a finder, and how far from half the modules are dark.
    private static int Penalty(bool[,] dark)
    {
        var size = dark.GetLength(0);
        var (penalty, count) = (0, 0);
        for (var line = 0; line < size; line++)
        {
            penalty += Line(size, at => dark[line, at]) + Line(size, at => dark[at, line]);
            for (var at = 0; at < size; at++)
            {
                count += dark[line, at] ? 1 : 0;
                if (line + 1 < size && at + 1 < size && dark[line, at] == dark[line, at + 1] && dark[line, at] == dark[line + 1, at] && dark[line, at] == dark[line + 1, at + 1])
                {
                    penalty += 3;
                }
            }
        }

        return penalty + (Math.Abs((count * 20) - (size * size * 10)) / (size * size) * 10);
    }

    private static int Line(int size, Func<int, bool> dark)
    {
        var (penalty, run) = (0, 0);
        for (var at = 0; at < size; at++)
        {
            run = at > 0 && dark(at) == dark(at - 1) ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            if (at + 7 <= size && dark(at) && !dark(at + 1) && dark(at + 2) && dark(at + 3) && dark(at + 4) && !dark(at + 5) && dark(at + 6)
                && (Light(at - 4, at) || Light(at + 7, at + 11)))
            {
                penalty += 40;
            }
        }

        return penalty;

        bool Light(int from, int until)
        {
            for (var at = from; at < until; at++)
            {
                if (at >= 0 && at < size && dark(at))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
