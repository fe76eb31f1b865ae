using RoomGuard.Core.Climate;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 消火設備 (R-ENV-07).</summary>
public static class FireEquipmentText
{
    public static readonly Word Title = new("消火設備", "Fire-fighting equipment");
    public static readonly Word Lead = new(
        "消火設備と消火器の薬剤が、機器と媒体を傷めないことを示す資料と、点検の日を登録します(R-ENV-07)。点検は6か月ごと†です。",
        "Installations and extinguishers with the document that states that their agent does not harm equipment and media, and the day of their inspection (R-ENV-07), which is due every six months†.");
    public static readonly Word Empty = new("消火設備はまだ登録されていません。", "None is registered yet.");
    public static readonly Word Bare = new("登録のない区域: {0}", "Areas without any: {0}");
    public static readonly Word No = new("設備番号", "Number");
    public static readonly Word Label = new("名称・設置場所", "Name and place");
    public static readonly Word Agent = new("消火薬剤", "Agent");
    public static readonly Word Statement = new("無害を示す資料", "Statement of harmlessness");
    public static readonly Word StatementHelp = new("資料の名前や文書番号。ないときは空けておきます(所見になります)。", "Name or number of the document. Left out, it is a finding.");
    public static readonly Word InspectedOn = new("点検日", "Inspected on");
    public static readonly Word DueOn = new("次の点検", "Next inspection");
    public static readonly Word Findings = new("所見", "Findings");
    public static readonly Word Entry = new("記録", "Entry");
    public static readonly Word Register = new("登録・変更", "Register or change");
    public static readonly Word RegisterDo = new("登録する", "Register");
    public static readonly Word Retire = new("撤去した", "No longer there");
    public static readonly Word RetiredWord = new("撤去", "no longer there");
    public static readonly Word Inspection = new("消火設備の点検", "Inspection of fire-fighting equipment");
    public static readonly Sign InOrder = new("○", new("所見なし", "no finding"), "ok");

    /// <summary>An agent.</summary>
    public static Word Of(AgentKind agent) => agent switch
    {
        AgentKind.Gas => new("不活性ガス・ハロゲン化物", "inert gas or halocarbon"),
        AgentKind.CarbonDioxide => new("二酸化炭素", "carbon dioxide"),
        AgentKind.Water => new("水・水噴霧", "water"),
        AgentKind.Foam => new("泡・強化液", "foam"),
        _ => new("粉末", "powder"),
    };

    /// <summary>A finding.</summary>
    public static Sign Of(FireFinding finding) => finding switch
    {
        FireFinding.NoneInZone => new("▲", new("消火設備の登録なし", "none registered"), "high"),
        FireFinding.NoStatement => new("△", new("無害を示す資料なし", "no statement of harmlessness"), "warn"),
        FireFinding.HarmfulAgent => new("▲", new("機器・媒体を傷める薬剤", "agent that harms equipment and media"), "high"),
        FireFinding.NeverInspected => new("△", new("点検日が不明", "inspection unknown"), "warn"),
        _ => new("▲", new("点検の期限超過", "inspection overdue"), "high"),
    };
}
