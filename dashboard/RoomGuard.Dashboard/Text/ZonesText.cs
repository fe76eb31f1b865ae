using System.Diagnostics;
using System.Globalization;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Zones;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the site itself: zones, doors, what bridges found, changes that wait.</summary>
public static class ZonesText
{
    public static readonly Word Title = new("区域と扉", "Zones and doors");
    public static readonly Word Lead = new(
        "管理区域と扉の登録です。情報システム管理者か担当者が変更を申請し、統括情報セキュリティ責任者が承認すると反映されます。",
        "The register of zones and doors. The system manager or staff ask for a change; it takes effect when the supervising officer allows it.");
    public static readonly Word OfFile = new(
        "この施設の区域と扉は設定ファイルで決まっています。変更は設定ファイルで行います。",
        "The settings file has the zones and doors of this site; they are changed there.");
    public static readonly Word Zones = new("管理区域", "Controlled areas");
    public static readonly Word NoZones = new("管理区域はまだありません。", "No controlled area yet.");
    public static readonly Word NewZone = new("区域を登録する", "Register a zone");
    public static readonly Word ZoneOf = new("区域 {0}", "Zone {0}");
    public static readonly Word Doors = new("扉", "Doors");
    public static readonly Word NoDoors = new("扉はまだありません。", "No door yet.");
    public static readonly Word NewDoor = new("扉を登録する", "Register a door");
    public static readonly Word DoorOf = new("扉 {0}", "Door {0}");
    public static readonly Word Change = new("変更する", "Change");
    public static readonly Word Remove = new("廃止する", "Take out");
    public static readonly Word Save = new("登録する", "Register");
    public static readonly Word AskFor = new("変更を申請する", "Ask for this change");
    public static readonly Word AskRemove = new("廃止を申請する", "Ask to take it out");
    public static readonly Word ReasonHelp = new("承認する人が読みます", "The approver reads it");

    public static readonly Word Cabinets = new("ラック・収納庫の開閉", "Racks and cabinets");
    public static readonly Word CabinetsLead = new(
        "接続口のあるラック・収納庫です。作業のない開は警報になります。接点のないものは自己点検のときに目で確かめます。",
        "Racks and cabinets with network ports. An opening without work is an alarm. One without a contact is checked by eye at the self-inspection.");
    public static readonly Word CabinetSince = new("{0}から", "since {0}");
    public static readonly Word Found = new("制御盤が見つけた扉と読取装置", "What the bridges found");
    public static readonly Word FoundLead = new(
        "配線は制御盤の設定で決まります。ここでは、見つかった扉を区域に結び付けます。",
        "Wires are the bridge's own settings. Here the doors it found are linked to zones.");
    public static readonly Word NotJoined = new("まだ接続されていません。サービスの機械で roomguard panel-code を実行し、制御盤を登録してください。", "Not joined yet. Run roomguard panel-code on the service's machine and enrol the bridge.");
    public static readonly Word NotHeard = new("サービスの起動後、まだ知らせがありません。", "Nothing heard since the service started.");
    public static readonly Word HeardAt = new("最後の知らせ", "Last heard");
    public static readonly Word ReadersOn = new("読取装置", "Readers");
    public static readonly Word OnLine = new("{0} 台中 {1} 台が応答", "{1} of {0} answer");
    public static readonly Word AllLinked = new("見つかった扉は {0} か所、すべて登録済みです。", "{0} doors found, all of them registered.");
    public static readonly Word FreeDoors = new("登録のない扉(読取装置はあるが、扉の登録がない)", "Not registered: their readers belong to no registered door");
    public static readonly Word LinkIt = new("この扉を登録する", "Register this door");
    public static readonly Word WiredZone = new("制御盤の区域", "Zone at the bridge");
    public static readonly Word WithoutReader = new("読取装置なし", "no reader");

    public static readonly Word Id = new("番号", "Id");
    public static readonly Word IdHelp = new("英数字とハイフン。例: SRV-1。制御盤の設定にある区域と同じ番号にします", "Letters, digits, hyphens, e.g. SRV-1: the same as in the bridge's settings");
    public static readonly Word DoorIdHelp = new("英数字とハイフン。例: SRV-1-D1。制御盤の設定にある扉と同じ番号にします", "Letters, digits, hyphens, e.g. SRV-1-D1: the same as in the bridge's settings");
    public static readonly Word Label = new("名称", "Name");
    public static readonly Word LabelHelp = new("運用区分での呼び名: {0}", "The profile calls it {0}");
    public static readonly Word LabelEn = new("名称(英語)", "Name in English");
    public static readonly Word Kind = new("区域の種類", "Kind of zone");
    public static readonly Word Floor = new("階", "Floor");
    public static readonly Word FloorUp = new("{0}階", "Floor {0}");
    public static readonly Word FloorDown = new("地下{0}階", "Basement {0}");
    public static readonly Word Segment = new("系統", "Segment");
    public static readonly Word Importance = new("重要性分類", "Importance class");
    public static readonly Word NotClassified = new("未分類(Ⅰとして扱う)", "not classified (class I counts)");
    public static readonly Word Factors = new("必要な認証の数", "Factors");
    public static readonly Word Methods = new("認証方法", "Methods");
    public static readonly Word Stale = new("許可一覧が古くなったとき", "When the grant list is too old");
    public static readonly Word Parent = new("外側の区域", "Outer zone");
    public static readonly Word NoParent = new("なし(建物の通路から入る)", "none: entered from the corridor");
    public static readonly Word Exception = new("例外措置の番号", "Exception");
    public static readonly Word ExceptionHelp = new("規定を守れないとき、許可された例外措置の番号(例: E-2026-0002)", "Where a rule cannot be kept: the exception that was allowed, e.g. E-2026-0002");
    public static readonly Word InService = new("使用できる", "in service");
    public static readonly Word OutOfService = new("使用開始できない", "not in service");

    public static readonly Word Zone = new("区域", "Zone");
    public static readonly Word Panel = new("制御盤", "Bridge");
    public static readonly Word Outer = new("外部に通ずるドア", "Leads outside");
    public static readonly Word OuterNo = new("いいえ", "no");
    public static readonly Word OuterYes = new("はい", "yes");
    public static readonly Word OuterReason = new("外部に通ずる理由", "Why it leads outside");
    public static readonly Word OuterLead = new("「はい」のときだけ、下の欄に書きます。鍵・監視・警報のどれかがない扉は、区域の使用を開始できません(R-ZONE-04)。", "Fill these in only for a door that leads outside. Without lock, contact and alarm the zone stays out of service (R-ZONE-04).");
    public static readonly Word Lock = new("鍵(錠の装置)", "Lock");
    public static readonly Word Contact = new("監視(開閉の入力)", "Watching input");
    public static readonly Word Alarm = new("警報(警報装置)", "Alarm");
    public static readonly Word ApprovedBy = new("承認の文書", "Approval");
    public static readonly Word ApprovedByHelp = new("上限を超えるとき、統括情報セキュリティ責任者が承認した文書の番号", "Beyond the limit: the paper by which the supervising officer approved it");
    public static readonly Word Readers = new("読取装置", "Readers");
    public static readonly Word LinkState = new("配線との対応", "Link to the wires");

    public static readonly Word Why = new("理由", "Why");
    public static readonly Word WhatToDo = new("対処", "What to do");

    public static readonly Word Changes = new("変更の申請", "Changes asked for");
    public static readonly Word NoChanges = new("変更の申請はありません。", "No change was asked for.");
    public static readonly Word Waiting = new("区域・扉の変更の申請が {0} 件、承認を待っています", "{0} changes of zones or doors wait for your word");
    public static readonly Word AskedBy = new("申請者", "Asked by");
    public static readonly Word AskedAt = new("申請日時", "Asked at");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word Decision = new("可否", "Decision");
    public static readonly Word Decide = new("可否を決める", "Decide");
    public static readonly Word DecideOn = new("変更の申請 {0}", "Change {0}");
    public static readonly Word Allow = new("承認する", "Allow");
    public static readonly Word Refuse = new("却下する", "Refuse");
    public static readonly Word Note = new("意見", "Note");
    public static readonly Word NoteHelp = new("却下するときは理由を書きます", "Needed where you refuse");
    public static readonly Word Removal = new("廃止", "taken out");
    public static readonly Word Field = new("項目", "Field");
    public static readonly Word Before = new("変更前", "Before");
    public static readonly Word After = new("変更後", "After");

    private static readonly string[] Fields =
    [
        "id", "label", "labelEn", "kind", "floor", "segment", "importance", "requiredFactors", "methods", "staleList", "parent", "exception", "zone", "panel", "outer", "outerReason", "lock", "contact", "alarm",
        "approvedBy", "reason", "note",
    ];

    private static readonly Sign Waits = new("△", new("承認待ち", "waits"), "warn");
    private static readonly Sign Allowed = new("○", new("承認", "allowed"), "ok");
    private static readonly Sign Refused = new("×", new("却下", "refused"), "quiet");
    private static readonly Sign CheckedByEye = new("―", new("目視で確認", "Checked by eye"), "quiet");
    private static readonly Sign CabinetUnknown = new("△", new("不明", "Unknown"), "warn");
    private static readonly Sign CabinetShut = new("○", new("閉", "Shut"), "ok");
    private static readonly Sign CabinetLeftOpen = new("▲", new("開けたまま", "Left open"), "high");
    private static readonly Sign CabinetAtWork = new("◇", new("開(作業中)", "Open at work"), "quiet");
    private static readonly Sign CabinetOpen = new("▲", new("開", "Open"), "high");
    private static readonly Sign Linked = new("○", new("対応あり", "linked"), "ok");
    private static readonly Sign NoReader = new("▲", new("読取装置がない扉", "a door without a reader"), "high");
    private static readonly Sign NotAtBridge = new("×", new("制御盤にこの扉がない", "not at its bridge"), "crit");
    private static readonly Sign OtherZone = new("×", new("制御盤では別の区域", "another zone at the bridge"), "crit");
    private static readonly Sign NotTold = new("―", new("未確認(制御盤からの知らせ待ち)", "not known yet"), "stale");
    private static readonly Sign Serves = new("○", InService, "ok");
    private static readonly Sign Rests = new("×", OutOfService, "crit");

    /// <summary>How a change stands.</summary>
    public static Sign Of(SiteChangeLine change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Allowed switch { null => Waits, true => Allowed, false => Refused };
    }

    /// <summary>How a cabinet stands. 不明 is never shut (R-ZONE-10).</summary>
    public static Sign Of(CabinetLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line switch
        {
            { Cabinet.Watched: false } => CheckedByEye,
            { Open: null } => CabinetUnknown,
            { Open: false } => CabinetShut,
            { LeftOpen: true } => CabinetLeftOpen,
            { Work: not null } => CabinetAtWork,
            _ => CabinetOpen,
        };
    }

    /// <summary>How a door is linked.</summary>
    public static Sign Of(DoorLink link) => link switch
    {
        DoorLink.Linked => Linked,
        DoorLink.NoReader => NoReader,
        DoorLink.NotAtBridge => NotAtBridge,
        DoorLink.OtherZone => OtherZone,
        DoorLink.Unknown => NotTold,
        _ => throw new UnreachableException($"No text for {link}."),
    };

    /// <summary>Whether a zone is in service.</summary>
    public static Sign Of(ZoneLine zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.InService ? Serves : Rests;
    }

    /// <summary>A floor as people say it.</summary>
    public static string FloorOf(int floor, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return ink.Fill(floor < 0 ? FloorDown : FloorUp, Math.Abs(floor).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The label of a field of a zone or door.</summary>
    public static Word FieldOf(string field) => field switch
    {
        "id" => Id,
        "label" => Label,
        "labelEn" => LabelEn,
        "kind" => Kind,
        "floor" => Floor,
        "segment" => Segment,
        "importance" => Importance,
        "requiredFactors" => Factors,
        "methods" => Methods,
        "staleList" => Stale,
        "parent" => Parent,
        "exception" => Exception,
        "zone" => Zone,
        "panel" => Panel,
        "outer" => Outer,
        "outerReason" => OuterReason,
        "lock" => Lock,
        "contact" => Contact,
        "alarm" => Alarm,
        "approvedBy" => ApprovedBy,
        "reason" => Reason,
        "note" => Note,
        _ => throw new UnreachableException($"No text for {field}."),
    };

    /// <summary>Every label by its field, for the summary of problems.</summary>
    public static Dictionary<string, string> Labels(Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        return Fields.ToDictionary(field => field, field => ink[FieldOf(field)]);
    }

    /// <summary>A value of a change as people read it; what has no words of its own stays as it is.</summary>
    public static string ValueOf(FieldChange change, string value, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(ink);
        return (change.Field, value) switch
        {
            (_, "") => "―",
            ("kind", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<ZoneKind>(value)))],
            ("floor", _) => FloorOf(int.Parse(value, CultureInfo.InvariantCulture), ink),
            ("segment", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<Segment>(value)))],
            ("importance", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<ImportanceClass>(value)))],
            ("methods", _) => string.Join(" / ", value.Split(' ').Select(method => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<EntryMethod>(method)))])),
            ("staleList", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<StaleListRule>(value)))],
            _ => value,
        };
    }
}
