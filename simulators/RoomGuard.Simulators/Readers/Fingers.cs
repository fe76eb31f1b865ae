using System.Security.Cryptography;
using System.Text;

namespace RoomGuard.Simulators.Readers;

/// <summary>
/// Invented fingers (R-CFG-06): features drawn from a person's id, a touch of them that is never quite the same twice, and how alike two
/// are. A pretend sensor's whole physics; no real finger, and no image of one, comes anywhere near it.
/// </summary>
public static class Fingers
{
    private const int Features = 64;
    private const double Kept = 0.88;

    /// <summary>What a sensor keeps of a person's finger.</summary>
    public static byte[] TemplateOf(string person)
    {
        var features = new byte[Features];
        for (var part = 0; part < Features / SHA256.HashSizeInBytes; part++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes($"finger {part} of {person}")).CopyTo(features, part * SHA256.HashSizeInBytes);
        }

        return features;
    }

    /// <summary>A person's finger as it lies on the glass this time.</summary>
    public static byte[] Touch(string person, Random chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        var features = TemplateOf(person);
        for (var index = 0; index < features.Length; index++)
        {
            if (chance.NextDouble() >= Kept)
            {
                features[index] = (byte)chance.Next(256);
            }
        }

        return features;
    }

    /// <summary>How alike, 0 to 255: about 225 for the same finger, below 20 for another.</summary>
    public static byte Score(ReadOnlySpan<byte> template, ReadOnlySpan<byte> touch)
    {
        var same = 0;
        for (var index = 0; index < Math.Min(template.Length, touch.Length); index++)
        {
            same += template[index] == touch[index] ? 1 : 0;
        }

        return (byte)(same * byte.MaxValue / Features);
    }
}

/// <summary>What became of a finger on a sensor.</summary>
public enum TouchOutcome
{
    /// <summary>The sensor was dark: nobody asked for a finger.</summary>
    Dark,

    /// <summary>It could not be read; the panel is told.</summary>
    Unread,

    /// <summary>It was compared; the panel is told the score.</summary>
    Compared,
}
