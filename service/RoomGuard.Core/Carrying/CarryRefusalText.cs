using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Carrying;

/// <summary>What follows from a refusal.</summary>
/// <param name="Because">One sentence, and what to do instead.</param>
/// <param name="Requirement">E.g. <c>R-CARRY-07</c>.</param>
/// <param name="Clause">The place of the clause behind it in the standards (対策基準).</param>
public sealed record CarryRefusalWords(Words Because, string Requirement, string Clause)
{
    /// <summary>Requirement and clause, as pages name them.</summary>
    public string Rule => $"{Requirement} ({Clause})";
}

/// <summary>Refusals as people read them: why, by which rule, and what to do instead.</summary>
public static class CarryRefusalText
{
    /// <summary>The words of a refusal.</summary>
    public static CarryRefusalWords Of(CarryRefusal refusal) => refusal switch
    {
        CarryRefusal.PrivateWithoutPermit => new(
            new("私物のパソコン・媒体は、統括情報セキュリティ責任者の許可がなければ持ち込めません。受付に預けるか、先に持込みを申請してください。",
                "Private computers and media enter only with the supervising officer's permission. Leave it at reception, or apply to carry it in first."),
            "R-CARRY-02", "第2章6(1)①キ"),
        CarryRefusal.Unrelated => new(
            new("この区域のシステムに属さない機器・媒体は持ち込めません。区域の外に置くか、システム管理者に「区域に属する物」への登録を頼んでください。",
                "Devices and media that do not belong to the area's systems stay outside. Leave it there, or ask the system manager to list it."),
            "R-CARRY-03", "第2章5(2)②エ"),
        CarryRefusal.PrivateComputer => new(
            new("重要性分類Ⅲ以上に私物のパソコンは使えません。団体の端末に替えて申請してください。分類が決まっていないものはⅠとして扱います。",
                "A private computer is never used for class III and above. Apply with one of the organisation's; what is not classified counts as class I."),
            "R-CARRY-05", "第2章6(1)①カ"),
        CarryRefusal.NoSafeguards => new(
            new("分類Ⅱ以上の持出しは、最高情報統括責任者が定めた安全管理措置の現行の版を示してください。定めがないときは、先に定めてもらってください。",
                "To carry out class II and above, name the version of the chief officer's safeguards in force; where there is none, have it set first."),
            "R-CARRY-06", "第2章6(1)①ウ"),
        CarryRefusal.NoProtection => new(
            new("分類Ⅱ以上を運ぶときは、鍵付きケースや暗号化などの保護措置を選んでください。",
                "To carry class II and above, choose how it is protected on the way: locked case, encryption."),
            "R-CARRY-06", "第2章3(2)⑧ア"),
        CarryRefusal.MediaNotAllowed => new(
            new("許可媒体の一覧にない媒体は持ち出せません。一覧にある媒体の番号で申請するか、システム管理者に登録を頼んでください。",
                "Media that are not on the list of allowed media do not leave. Apply with one that is, or ask the system manager to list it."),
            "R-CARRY-07", "第2章4(1)②イ"),
        CarryRefusal.MediaNotEncrypted => new(
            new("暗号化されていない媒体は持ち出せません。暗号化した許可媒体に替えてください。",
                "Media that are not encrypted do not leave. Take an encrypted one of the list."),
            "R-CARRY-07", "第2章5(4)①"),
        CarryRefusal.MyNumberForbidden => new(
            new("運用区分が、マイナンバー利用事務系からの持出しを認めていません。庁内で処理してください。",
                "The policy profile lets nothing of the My Number segment leave. Do the work on the premises."),
            "R-CARRY-07", "第2章4(1)②イ"),
        CarryRefusal.MyNumberOnlyMedia => new(
            new("マイナンバー利用事務系から持ち出せるのは、一覧にある暗号化媒体だけです。媒体に替えて申請してください。",
                "Of the My Number segment only encrypted media of the list leave. Apply with such a medium."),
            "R-CARRY-07", "第2章4(1)②イ"),
        CarryRefusal.MediaNotManaged => new(
            new("インターネットに接続しないシステムの区域には、団体が管理する媒体だけを持ち込めます。管理媒体に替えてください。",
                "Into areas of systems without Internet only media the organisation manages enter. Take one of those."),
            "R-CARRY-09", "第2章7(4)②エ"),
        CarryRefusal.PrivatePhone => new(
            new("許可のない私物スマートフォンは区域に持ち込めません。ロッカーに預けてください。",
                "A private smartphone without permission stays in the locker."),
            "R-CARRY-10", "第2章6(1)①サ"),
        CarryRefusal.OutsideWithoutProtection => new(
            new("分類Ⅱ以上を外部に渡すときは、暗号化などの保護措置を示してください。",
                "To hand class II and above to an outside party, name its protection."),
            "R-CARRY-12", "第2章3(2)⑨ア"),
        CarryRefusal.NoPermit => new(
            new("いま有効な許可がありません。期間を確かめ、必要なら新しく申請してください。",
                "No permit is in force now. Look at its time; apply anew where needed."),
            "R-CARRY-01", "第2章6(1)①エ"),
        CarryRefusal.AlreadyAway => new(
            new("別の許可で持ち出されたまま、返却が記録されていません。先にその返却を記録してください。",
                "It went out by another permit and is not recorded as back. Record that first."),
            "R-CARRY-04", "第2章6(1)①ク"),
        CarryRefusal.ClassBelowRegister => new(
            new("機器台帳の重要性分類より軽い分類では持ち出せません。台帳の分類で申請し直してください。台帳で分類が決まっていない機器はⅠとして扱います。",
                "Nothing leaves as of a lower class than the asset register has it. Apply with the register's class; what is not classified there counts as class I."),
            "R-LIFE-07", "第2章3(2)④"),
        CarryRefusal.SegmentNotRegisters => new(
            new("機器台帳の系統と違います。台帳の系統で申請し直してください。台帳が誤っているときは、先に直してもらってください。",
                "The asset register has it in another segment. Apply with the register's; where that is wrong, have it corrected first."),
            "R-CARRY-07", "第2章4(1)②イ"),
        CarryRefusal.ErasureOwed => new(
            new("取り外したまま消去が済んでいない記憶装置は持ち出せません。廃棄・消去記録で消去し、別の人の確認を受けてください。",
                "A storage that was taken out and is not erased does not leave. Erase it by a disposal record first, verified by another person."),
            "R-LIFE-04", "第2章5(1)⑦"),
        _ => throw new UnreachableException($"No text for {refusal}."),
    };
}
