using System.Diagnostics;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Now;

namespace RoomGuard.Dashboard.Text;

/// <summary>States in symbol, word and tone (dashboard sheet 11.2). Only a state that was heard lately can be calm: the rest is 不明.</summary>
public static class StateText
{
    public static readonly Sign Locked = new("○", new("施錠", "Locked"), "ok");
    public static readonly Sign Unlocked = new("◇", new("解錠中", "Unlocked"), "quiet");
    public static readonly Sign Open = new("□", new("開", "Open"), "quiet");
    public static readonly Sign HeldOpen = new("▲", new("開放超過", "Held open"), "high");
    public static readonly Sign Forced = new("■", new("こじ開け", "Forced"), "crit");
    public static readonly Sign LockedDown = new("◆", new("区域封鎖", "Lockdown"), "warn");
    public static readonly Sign DoorUnknown = new("―", new("不明", "Unknown"), "stale");

    public static readonly Sign Normal = new("○", new("正常", "Normal"), "ok");
    public static readonly Sign Unknown = new("―", new("不明", "Unknown"), "stale");
    public static readonly Sign Silent = new("―", new("途絶", "Silent"), "high");
    public static readonly Sign Tampered = new("■", new("覆い開放", "Cover open"), "crit");
    public static readonly Sign IdentityChanged = new("■", new("機器相違", "Not the enrolled device"), "crit");
    public static readonly Sign Insecure = new("■", new("暗号化なし", "No secure channel"), "crit");
    public static readonly Sign SuspectTraffic = new("■", new("通信改ざんの疑い", "Suspect traffic"), "crit");
    public static readonly Sign PowerFault = new("●", new("電源異常", "Power fault"), "warn");
    public static readonly Sign WithFinding = new("●", new("注意", "Caution"), "warn");

    public static readonly Sign Connected = new("○", new("接続中", "Connected"), "ok");
    public static readonly Sign Lost = new("―", new("通信断", "No contact"), "high");
    public static readonly Sign NotEnrolled = new("―", new("未登録", "Not enrolled"), "stale");

    public static readonly Sign Granted = new("○", new("入室", "Entered"), "ok");
    public static readonly Sign GrantedUnused = new("○", new("入室許可・未開扉", "Granted, not opened"), "quiet");
    public static readonly Sign Denied = new("×", new("拒否", "Refused"), "crit");
    public static readonly Sign Released = new("○", new("退室", "Left"), "quiet");

    public static readonly Sign OpenedByKey = new("◇", new("鍵で開扉", "Opened with a key"), "warn");
    public static readonly Sign NotOnPaper = new("―", new("不採用", "Rejected"), "stale");

    public static readonly Sign CardActive = new("○", new("利用中", "Active"), "ok");
    public static readonly Sign CardSuspended = new("●", new("利用停止", "Suspended"), "warn");
    public static readonly Sign CardLost = new("×", new("紛失", "Lost"), "crit");
    public static readonly Sign CardReturned = new("―", new("返却済", "Returned"), "stale");

    public static readonly Sign InForce = new("○", new("有効", "In force"), "ok");
    public static readonly Sign NotYet = new("◇", new("開始前", "Not yet"), "quiet");
    public static readonly Sign Over = new("―", new("期限切れ", "Over"), "stale");
    public static readonly Sign Suspended = new("●", new("停止中", "Suspended"), "warn");

    public static readonly Sign ChainWhole = new("○", new("検証済み", "Checked"), "ok");
    public static readonly Sign ChainBroken = new("■", new("不一致", "Does not match"), "crit");
    public static readonly Sign ChainUnchecked = new("―", new("未検証", "Not checked"), "stale");

    public static readonly Sign Emergency = new("■", new("緊急", "Emergency"), "crit");
    public static readonly Sign Important = new("▲", new("重要", "Important"), "high");
    public static readonly Sign Caution = new("●", new("注意", "Caution"), "warn");

    /// <summary>The one sign of a door. Old news counts as 不明, whatever it said.</summary>
    public static Sign Of(DoorOverview door) => door switch
    {
        { Fresh: false } or { Now: null } or { Now.Leaf: LeafState.Unknown } => DoorUnknown,
        { Now.Forced: true } => Forced,
        { Now.HeldOpen: true } => HeldOpen,
        { Now.Leaf: LeafState.Open } => Open,
        { LockedDown: true } => LockedDown,
        { Now.Released: true } => Unlocked,
        { Now.InService: false } => DoorUnknown,
        _ => Locked,
    };

    /// <summary>The sign of a reader; 不明 while its bridge is not connected.</summary>
    public static Sign Of(ReaderNow reader, bool connected) => !connected ? Unknown : reader.Condition switch
    {
        ReaderCondition.Online or ReaderCondition.TamperCleared => reader.Findings.IsEmpty ? Normal : WithFinding,
        var condition => Of(condition),
    };

    /// <summary>The sign of a reader's condition.</summary>
    public static Sign Of(ReaderCondition condition) => condition switch
    {
        ReaderCondition.Unknown => Unknown,
        ReaderCondition.Online or ReaderCondition.TamperCleared => Normal,
        ReaderCondition.Offline => Silent,
        ReaderCondition.Tampered => Tampered,
        ReaderCondition.IdentityChanged => IdentityChanged,
        ReaderCondition.Insecure => Insecure,
        ReaderCondition.SuspectTraffic => SuspectTraffic,
        ReaderCondition.PowerFault => PowerFault,
        _ => throw new UnreachableException($"No sign for {condition}."),
    };

    /// <summary>The sign of a bridge.</summary>
    public static Sign Of(PanelOverview panel) => panel switch
    {
        { Enrolled: false } => NotEnrolled,
        { Connected: false } => Lost,
        _ => Connected,
    };

    /// <summary>The sign of a row's result.</summary>
    public static Sign Of(RegisterRow row) => row.Result switch
    {
        _ when row.More?.Rejected is true => NotOnPaper,
        RegisterResult.Granted => row.Opened == false ? GrantedUnused : Granted,
        RegisterResult.Forced when row.More?.KeyLoan is not null => OpenedByKey,
        var result => Of(result),
    };

    /// <summary>The sign of a result.</summary>
    public static Sign Of(RegisterResult result) => result switch
    {
        RegisterResult.Granted => Granted,
        RegisterResult.Denied => Denied,
        RegisterResult.Released => Released,
        RegisterResult.Forced => Forced,
        RegisterResult.HeldOpen => HeldOpen,
        _ => throw new UnreachableException($"No sign for {result}."),
    };

    /// <summary>The sign of a card's state.</summary>
    public static Sign Of(CredentialState state) => state switch
    {
        CredentialState.Active => CardActive,
        CredentialState.Suspended => CardSuspended,
        CredentialState.Lost => CardLost,
        CredentialState.Returned => CardReturned,
        _ => throw new UnreachableException($"No sign for {state}."),
    };

    /// <summary>The sign of a grant on a day.</summary>
    public static Sign Of(EntryGrant grant, DateOnly today) => grant switch
    {
        { Suspended: true } => Suspended,
        _ when today < grant.ValidFrom => NotYet,
        _ when today >= grant.ValidUntil => Over,
        _ => InForce,
    };

    /// <summary>The sign of an urgency.</summary>
    public static Sign Of(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => Emergency,
        Urgency.Important => Important,
        Urgency.Caution => Caution,
        _ => throw new UnreachableException($"No sign for {urgency}."),
    };

    /// <summary>The sign of a chain check.</summary>
    public static Sign OfChain(bool? whole) => whole switch { true => ChainWhole, false => ChainBroken, null => ChainUnchecked };
}

/// <summary>Names of choices.</summary>
public static class ChoiceText
{
    public static readonly Word Staff = new("職員", "Staff");
    public static readonly Word FixedTermStaff = new("会計年度任用職員", "Fixed-term staff");
    public static readonly Word TemporaryStaff = new("臨時・非常勤職員", "Temporary staff");
    public static readonly Word SpecialServiceStaff = new("特別職", "Special service");
    public static readonly Word AssemblyMember = new("議員", "Assembly member");
    public static readonly Word Contractor = new("業務委託事業者", "Contractor");
    public static readonly Word Visitor = new("訪問者", "Visitor");

    public static readonly Word Card = new("ICカード", "Card");
    public static readonly Word Biometric = new("生体認証", "Biometric");
    public static readonly Word Pin = new("暗証番号", "PIN");
    public static readonly Word Register = new("手書き簿", "Hand-written register");

    public static readonly Word ExitButton = new("退室釦", "Exit button");

    public static readonly Word SourceReader = new("読取装置", "Reader");
    public static readonly Word SourcePanel = new("扉の制御", "Door control");
    public static readonly Word SourceManual = new("手書き", "Manual");

    public static readonly Word In = new("入室", "In");
    public static readonly Word Out = new("退室", "Out");

    public static readonly Word EveryDay = new("毎日", "Every day");
    public static readonly Word Weekdays = new("平日", "Weekdays");
    public static readonly Word WholeDay = new("終日", "All day");
    public static readonly Word Monday = new("月", "Mon");
    public static readonly Word Tuesday = new("火", "Tue");
    public static readonly Word Wednesday = new("水", "Wed");
    public static readonly Word Thursday = new("木", "Thu");
    public static readonly Word Friday = new("金", "Fri");
    public static readonly Word Saturday = new("土", "Sat");
    public static readonly Word Sunday = new("日", "Sun");

    /// <summary>The days of the week in order.</summary>
    public static IReadOnlyList<(WeekDays Day, Word Word)> Days { get; } =
    [
        (WeekDays.Monday, Monday), (WeekDays.Tuesday, Tuesday), (WeekDays.Wednesday, Wednesday), (WeekDays.Thursday, Thursday),
        (WeekDays.Friday, Friday), (WeekDays.Saturday, Saturday), (WeekDays.Sunday, Sunday),
    ];

    /// <summary>区分.</summary>
    public static Word Of(PersonCategory category) => category switch
    {
        PersonCategory.Staff => Staff,
        PersonCategory.FixedTermStaff => FixedTermStaff,
        PersonCategory.TemporaryStaff => TemporaryStaff,
        PersonCategory.SpecialServiceStaff => SpecialServiceStaff,
        PersonCategory.AssemblyMember => AssemblyMember,
        PersonCategory.Contractor => Contractor,
        PersonCategory.Visitor => Visitor,
        _ => throw new UnreachableException($"No text for {category}."),
    };

    /// <summary>認証方法.</summary>
    public static Word Of(EntryMethod method) => method switch
    {
        EntryMethod.Card => Card,
        EntryMethod.Biometric => Biometric,
        EntryMethod.Pin => Pin,
        EntryMethod.Register => Register,
        _ => throw new UnreachableException($"No text for {method}."),
    };

    /// <summary>記録の別.</summary>
    public static Word Of(RegisterSource source) => source switch
    {
        RegisterSource.Reader => SourceReader,
        RegisterSource.Panel => SourcePanel,
        RegisterSource.Manual => SourceManual,
        _ => throw new UnreachableException($"No text for {source}."),
    };

    /// <summary>入退区分.</summary>
    public static Word Of(RegisterDirection direction) => direction == RegisterDirection.In ? In : Out;

    /// <summary>"平日", "毎日" or the single days.</summary>
    public static string Of(WeekDays days, Language language) => days switch
    {
        WeekDays.All => EveryDay.In(language),
        WeekDays.Weekdays => Weekdays.In(language),
        _ => string.Join(language == Language.Japanese ? "・" : ", ", Days.Where(day => days.HasFlag(day.Day)).Select(day => day.Word.In(language))),
    };

    /// <summary>"08:30–17:15" or "終日".</summary>
    public static string Of(Hours hours, Language language) =>
        hours.From == hours.Until ? WholeDay.In(language) : $"{hours.From:HH\\:mm}–{(hours.Until == default ? "24:00" : hours.Until.ToString("HH\\:mm", System.Globalization.CultureInfo.InvariantCulture))}";
}
