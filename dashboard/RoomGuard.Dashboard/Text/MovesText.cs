using System.Diagnostics;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 搬入・搬出 and of the 搬入出記録簿.</summary>
public static class MovesText
{
    public static readonly Word Title = new("搬入・搬出", "Moves of equipment");
    public static readonly Word Lead = new("承認された搬入・搬出です。職員が区域に入って立ち会い、完了すると機器台帳の所在が変わります。", "Moves that were approved. A member of staff witnesses in the zone, and the end changes the places in the register.");
    public static readonly Word Apply = new("搬入・搬出を申請する", "Apply for a move");
    public static readonly Word Sheet = new("搬入出記録簿", "Record of moves");
    public static readonly Word None = new("搬入・搬出はまだありません", "No move yet");
    public static readonly Word NoneLead = new("申請が承認されると、ここに並びます。", "They stand here once they are approved.");
    public static readonly Word Number = new("搬入出番号", "Move");
    public static readonly Word Direction = new("区分", "Direction");
    public static readonly Word Purpose = new("理由", "Purpose");
    public static readonly Word Items = new("機器", "Items");
    public static readonly Word ItemsHelp = new("1行に1台。「機器番号, 置く位置」の形で書きます。容器の中のものも1行ずつ書きます。", "One a line, as tag, position; what lies in a container is listed too.");
    public static readonly Word FromZone = new("搬出元の区域", "From zone");
    public static readonly Word FromOutside = new("区域の外の搬出元", "From outside the zones");
    public static readonly Word ToZone = new("搬入先の区域", "To zone");
    public static readonly Word ToOutside = new("区域の外の搬入先", "To outside the zones");
    public static readonly Word OutsideZones = new("(区域の外)", "(outside the zones)");
    public static readonly Word OffPremises = new("行き先は敷地外", "It goes off the premises");
    public static readonly Word OffPremisesHelp = new("敷地外への搬出には、最高情報統括責任者の承認が要ります(R-MOVE-07)。", "Off the premises the chief officer approves too (R-MOVE-07).");
    public static readonly Word Planned = new("予定日時", "Planned");
    public static readonly Word PlannedFrom = new("予定の開始", "Planned from");
    public static readonly Word PlannedUntil = new("予定の終了", "Planned until");
    public static readonly Word Carriers = new("搬入出者", "Carriers");
    public static readonly Word CarriersHelp = new("人の番号を空白で区切ります。立会者は搬入出者になれません(R-MOVE-03)。", "People's numbers with spaces between. A witness never carries (R-MOVE-03).");
    public static readonly Word SealNo = new("封印番号", "Seal");
    public static readonly Word State = new("状態", "State");
    public static readonly Word AppliedApproved = new("申請者/承認者", "Applicant / approver");
    public static readonly Word Case = new("申請番号", "Application");
    public static readonly Word FromTo = new("搬出元/搬入先", "From / to");
    public static readonly Word Witness = new("立会者", "Witness");
    public static readonly Word Witnessed = new("立会い開始/終了", "Witnessed from / to");
    public static readonly Word StartedEnded = new("開始/終了日時", "Started / ended");
    public static readonly Word Impact = new("影響確認者/日/結果", "Impact checked by / on / result");
    public static readonly Word Quantity = new("数量", "Quantity");
    public static readonly Word ClassSegment = new("重要性分類/系統", "Class / segment");
    public static readonly Word NameModel = new("品名・型式", "Name, model");
    public static readonly Word Erasure = new("消去記録番号", "Erasure record");
    public static readonly Word Nda = new("守秘義務契約", "Confidentiality contract");
    public static readonly Word Offsite = new("敷地外承認番号", "Approval off the premises");
    public static readonly Word Mounted = new("固定の確認", "Mounting confirmed");
    public static readonly Word Entries = new("証跡番号", "Entries of the record");
    public static readonly Word Yes = new("はい", "yes");
    public static readonly Word ImpactTitle = new("影響確認", "Check of the impact");
    public static readonly Word ImpactLead = new("既存のシステムへの影響を、開始の前に確認して記録します(R-MOVE-02)。", "The effect on existing systems is checked and written down before the start (R-MOVE-02).");
    public static readonly Word ImpactResult = new("結果", "Result");
    public static readonly Word Note = new("内容", "Note");
    public static readonly Word CheckImpact = new("影響確認を記録する", "Record the check");
    public static readonly Word StartTitle = new("立会いと開始", "Witness and begin");
    public static readonly Word StartLead = new("{0}に入室している職員が、立会者として開始します。搬入出者は立会者になれません(R-MOVE-03)。", "A member of staff who is inside {0} begins it as the witness; carriers never witness (R-MOVE-03).");
    public static readonly Word Start = new("立会者として開始する", "Begin as the witness");
    public static readonly Word Resume = new("立会者として再開する", "Go on as the witness");
    public static readonly Word InterruptedLead = new("立会者が区域を離れたので、搬入・搬出は未完了です。立会者が区域に戻ってから再開してください(R-MOVE-03)。", "The witness left the zone; nothing passes until one is there again (R-MOVE-03).");
    public static readonly Word ScanTitle = new("通す機器", "Items that pass");
    public static readonly Word ScanHelp = new("ラベルを読み取るか、機器番号を入力します。", "Scan the label, or type the tag.");
    public static readonly Word Scan = new("通した", "It passed");
    public static readonly Word Passed = new("通過", "passed");
    public static readonly Word NotPassed = new("未", "not yet");
    public static readonly Word CompleteTitle = new("完了", "End");
    public static readonly Word CompleteLead = new("立会者が区域にいるまま、全ての機器を通してから完了します。機器台帳の所在が同時に変わります(R-MOVE-04)。", "With the witness still in the zone and every item passed; the places in the register change with it (R-MOVE-04).");
    public static readonly Word Complete = new("完了する", "End the move");
    public static readonly Word CancelTitle = new("取りやめ", "Call it off");
    public static readonly Word Cancel = new("取りやめる", "Call it off");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word InstallTitle = new("設置の確認", "Installation");
    public static readonly Word InstallLead = new("固定と、設置環境の六つを確認するまで、設置は終わりません(R-LIFE-10)。", "Installation stays open until mounting and the six surroundings are confirmed (R-LIFE-10).");
    public static readonly Word Fixed = new("固定した", "Mounted");
    public static readonly Word Confirmed = new("確認した項目", "Confirmed");
    public static readonly Word Install = new("設置を確認する", "Confirm the installation");
    public static readonly Word ToInstall = new("設置の確認待ち", "installation to be confirmed");
    public static readonly Word Story = new("経過", "What happened");
    public static readonly Word From = new("開始日", "From");
    public static readonly Word Until = new("最終日", "Last day");
    public static readonly Word Register = new("機器台帳", "Asset register");

    /// <summary>区分.</summary>
    public static Word Of(MoveDirection direction) => PolicyText.Of(EquipmentText.Of(direction));

    /// <summary>理由.</summary>
    public static Word Of(MovePurpose purpose) => PolicyText.Of(EquipmentText.Of(purpose));

    /// <summary>影響確認の結果.</summary>
    public static Word Of(ImpactResult result) => PolicyText.Of(EquipmentText.Of(result));

    /// <summary>設置環境.</summary>
    public static Word Of(Surrounding surrounding) => PolicyText.Of(EquipmentText.Of(surrounding));

    /// <summary>状態.</summary>
    public static Sign Of(MoveState state) => state switch
    {
        MoveState.Approved => new("◇", new("承認", "approved"), "quiet"),
        MoveState.Checked => new("◇", new("影響確認済", "impact checked"), "quiet"),
        MoveState.InProgress => new("●", new("実施中", "under way"), "warn"),
        MoveState.Interrupted => new("▲", new("立会い中断(未完了)", "witness gone, not completed"), "high"),
        MoveState.Completed => new("○", new("完了", "completed"), "ok"),
        MoveState.Cancelled => new("―", new("取りやめ", "called off"), "stale"),
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>One end of a move.</summary>
    public static string EndOf(ZoneId? zone, string outside, Ink ink) => zone is { } place ? ink.Zone(place) : $"({outside})";
}
