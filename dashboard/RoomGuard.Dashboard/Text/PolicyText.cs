using RoomGuard.Core.Record;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the policy profile's page.</summary>
public static class PolicyText
{
    public static readonly Word Title = new("運用区分", "Policy profile");
    public static readonly Word Lead = new("この拠点が従う情報セキュリティポリシーの値です。版は最高情報統括責任者又は情報セキュリティ委員会の決定により適用されます。", "The values this site follows. A version is applied by decision of the chief officer or the security committee.");
    public static readonly Word NotAdopted = new("適用の決定がまだありません。標準(Base)の値に従っています。", "No profile has been adopted: the values of Base hold.");
    public static readonly Word Profile = new("区分", "Profile");
    public static readonly Word Version = new("版", "Version");
    public static readonly Word VersionOf = new("{0} 第{1}版", "{0}, version {1}");
    public static readonly Word Organisation = new("もとの組織", "Organisation");
    public static readonly Word Source = new("もとの規程", "Text");
    public static readonly Word EffectiveOn = new("適用日", "Holds from");
    public static readonly Word Decided = new("決定", "Decided");
    public static readonly Word DecidedBy = new("{0}({1})、{2}", "{0} ({1}), {2}");
    public static readonly Word Reference = new("決定の文書", "Paper");
    public static readonly Word Values = new("定めの一覧", "What it says");
    public static readonly Word Figures = new("期間・回数の一覧", "Figures");
    public static readonly Word Setting = new("定め", "Setting");
    public static readonly Word Value = new("この拠点", "This site");
    public static readonly Word OfProfile = new("運用区分", "Profile");
    public static readonly Word OfBase = new("標準(Base)", "Base");
    public static readonly Word Differs = new("標準と違う", "differs from Base");
    public static readonly Word OnlyDifferent = new("標準と違う定めは {0} 件です。", "{0} settings differ from Base.");
    public static readonly Word Departures = new("運用区分より緩い定め", "Where the site is looser");
    public static readonly Word NoDepartures = new("運用区分より緩い定めはありません。", "The site is nowhere looser than its profile.");
    public static readonly Word DeparturesLead = new("緩い定めは、例外措置が有効な間だけ使われます。それ以外は運用区分の値が使われます。", "A looser value is used only while an exception is in force; otherwise the profile's value is.");
    public static readonly Word Exception = new("例外措置", "Exception");
    public static readonly Word UsedNow = new("いま使われている値", "Used now");
    public static readonly Word Zones = new("管理区域の構造", "Structure of zones");
    public static readonly Word NoFindings = new("管理区域の構造に指摘事項はありません。", "Nothing is wrong with the structure of the zones.");
    public static readonly Word Zone = new("区域", "Zone");
    public static readonly Word Finding = new("内容", "What");
    public static readonly Word Effect = new("扱い", "Effect");
    public static readonly Word Rule = new("要件", "Requirement");
    public static readonly Word History = new("適用した版", "Adopted versions");
    public static readonly Word NoHistory = new("適用した版はまだありません。", "No version has been adopted yet.");
    public static readonly Word Coming = new("{0} から {1} 第{2}版が適用されます。", "From {0}, {1} version {2} holds.");
    public static readonly Word VersionTitle = new("{0} 第{1}版の定め", "{0}, version {1}");

    /// <summary>Words of the core as words of the pages.</summary>
    public static Word Of(Words words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new(words.Ja, words.En);
    }
}
