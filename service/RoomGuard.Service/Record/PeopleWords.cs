using System.Collections.Frozen;
using System.Text;

namespace RoomGuard.Service.Record;

/// <summary>
/// Folds names so that they are found however they are typed (dashboard sheet, section 8): width and compatibility forms (NFKC), katakana as
/// hiragana, variant kanji as the common one, capitals as small letters, no spaces. Culture comparison does not equate 髙 and 高.
/// </summary>
public static class PeopleWords
{
    // Each group is one name to the people who bear it; its first character stands for all.
    private static readonly string[] Variants =
    [
        "高髙", "崎﨑嵜碕", "辺邉邊", "斎齋齊斉", "浜濵濱", "沢澤", "広廣", "国國", "渋澁", "島嶋嶌", "桜櫻", "真眞", "渕淵", "蔵藏", "円圓", "徳德",
        "恵惠", "関關", "竜龍", "鉄鐵", "万萬", "与與", "誉譽", "豊豐", "瀬瀨", "槙槇", "曽曾", "園薗", "富冨", "峰峯", "条條", "為爲", "栄榮", "礼禮",
        "静靜", "弥彌", "寿壽", "顕顯", "暁曉", "学學", "当當", "来來", "巌巖", "桧檜", "滝瀧", "塩鹽", "帯帶", "県縣", "実實", "写寫", "宝寳寶", "尭堯",
        "遥遙", "黒黑", "横橫", "増增", "黄黃", "郎郞", "朗朖", "晴晴", "隆隆", "祐祐", "福福", "神神", "祥祥", "都都", "館舘", "剣劍", "検檢", "鴎鷗", "侠俠",
        "吉𠮷", "土圡", "杉杦", "柳栁", "橋槗", "船舩", "松枩", "梅楳", "野埜", "原厡", "北丠", "花芲", "角⻆", "間閒", "青靑", "兎兔", "葛𦹀", "辻𨕫",
    ];

    private static readonly FrozenDictionary<Rune, Rune> Common = (
        from variant in Variants
        let runes = variant.EnumerateRunes().ToArray()
        from rune in runes[1..]
        where rune != runes[0]
        select (rune, runes[0])).DistinctBy(pair => pair.rune).ToFrozenDictionary(pair => pair.rune, pair => pair.Item2);

    private static readonly (char First, string All)[] Rows =
    [
        ('あ', "あいうえおぁぃぅぇぉゔ"), ('か', "かきくけこがぎぐげごゕゖ"), ('さ', "さしすせそざじずぜぞ"), ('た', "たちつてとだぢづでどっ"),
        ('な', "なにぬねの"), ('は', "はひふへほばびぶべぼぱぴぷぺぽ"), ('ま', "まみむめも"), ('や', "やゆよゃゅょ"), ('ら', "らりるれろ"), ('わ', "わをんゎゐゑ"),
    ];

    /// <summary>Folds a text; line ends stay, so that parts of different fields never join.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normal(text).EnumerateRunes())
        {
            if (rune.Value == '\n' || !Rune.IsWhiteSpace(rune))
            {
                var plain = rune.Value is >= 'ァ' and <= 'ヶ' ? new Rune(rune.Value - ('ァ' - 'ぁ')) : rune;
                _ = folded.Append(Rune.ToLowerInvariant(Common.GetValueOrDefault(plain, plain)));
            }
        }

        return folded.ToString();
    }

    /// <summary>Which row of the あかさたな index a reading belongs to; わ's neighbour <c>他</c> for everything else.</summary>
    public static char KanaRow(string kana)
    {
        var folded = Fold(kana);
        return folded.Length > 0 && Rows.FirstOrDefault(row => row.All.Contains(folded[0], StringComparison.Ordinal)) is { First: not '\0' } found ? found.First : '他';
    }

    // A lone surrogate cannot be normalised; what somebody types into a search box must never be an exception.
    private static string Normal(string text)
    {
        var whole = new string([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]);
        return whole.Normalize(NormalizationForm.FormKC);
    }
}
