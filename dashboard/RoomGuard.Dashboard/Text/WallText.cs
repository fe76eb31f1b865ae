using System.Diagnostics;
using System.Globalization;
using RoomGuard.Dashboard.Wallboard;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 壁面表示: short, for they are read from five metres.</summary>
public static class WallText
{
    public static readonly Word Title = new("壁面表示", "Wallboard");
    public static readonly Word Leave = new("状況へ戻る", "Back to the overview");
    public static readonly Word SignedOut = new("サインインが切れました", "Signed out");
    public static readonly Word SignedOutLead = new("この画面はもう更新されません。サインインすると続きます。", "This screen is no longer updated. Sign in to go on.");
    public static readonly Word SignIn = new("サインイン", "Sign in");

    public static readonly Word Power = new("電源", "Power");
    public static readonly Word IfNow = new("今 停電したら", "if mains fail now");
    public static readonly Word EmptyIn = new("電池切れまで", "empty in");
    public static readonly Word Spare = new("余裕 {0}", "{0} to spare");
    public static readonly Word Lacking = new("{0} 足りない", "{0} too little");
    public static readonly Word Old = new("最後の知らせ {0}前", "last word {0} ago");
    public static readonly Word OldOutage = new("最後の知らせ {0}前(停電中)", "last word {0} ago (in an outage)");
    public static readonly Word NeverTold = new("一度も知らせがない", "never told");
    public static readonly Word LeftUnknown = new("残り時間が不明", "time left unknown");

    public static readonly Sign Enough = new("○", new("間に合う", "Enough"), "ok");
    public static readonly Sign Short = new("■", new("不足", "Too little"), "crit");
    public static readonly Sign Outage = new("▲", new("停電中", "Mains out"), "high");
    public static readonly Sign OutageShort = new("■", new("停電中・不足", "Mains out, too little"), "crit");
    public static readonly Sign Unknown = new("―", new("不明", "Unknown"), "stale");
    public static readonly Sign NoPlan = new("●", new("停止計画なし", "No plan"), "warn");
    public static readonly Sign NoUnits = new("―", new("UPS未接続", "No UPS"), "stale");

    public static readonly Word Doors = new("扉", "Doors");
    public static readonly Word DoorCounts = new("{1}か所のうち {0}か所は異常なし", "{0} of {1} are well");
    public static readonly Sign DoorsFine = new("○", new("異常なし", "All well"), "ok");
    public static readonly Sign NoDoors = new("―", new("扉の設定なし", "No doors"), "stale");

    public static readonly Word Inside = new("在室", "Inside");
    public static readonly Word People = new("{0}名", "{0}");
    public static readonly Word SomeUnknown = new("一部不明", "some unknown");

    public static readonly Word Alarms = new("警報", "Alarms");
    public static readonly Sign NoAlarms = new("○", new("なし", "None"), "ok");
    public static readonly Sign AlarmsElsewhere = new("―", new("この画面では表示しません", "Not shown here"), "stale");
    public static readonly Sign NotAllKnown = new("―", new("一部不明", "Not all known"), "stale");

    public static readonly Word Updated = new("更新", "Updated");
    public static readonly Word SecondsAgo = new("{0}秒前", "{0} s ago");
    public static readonly Word MinutesAgo = new("{0}分前", "{0} min ago");
    public static readonly Word HoursAgo = new("{0}時間前", "{0} h ago");
    public static readonly Word NoPanels = new("制御盤はまだつながっていません", "No bridge has joined yet");

    /// <summary>The one word of the power's tile.</summary>
    internal static Sign Of(WallPower power) => power.State == WallPowerState.Outage && power.IsCritical ? OutageShort : Of(power.State);

    /// <summary>The sign of one line.</summary>
    internal static Sign Of(WallPowerLine line) => line is { State: WallPowerState.Outage, IsShort: true } ? OutageShort : Of(line.State);

    /// <summary>What a line says besides: how much is to spare or lacking, how old the word is.</summary>
    internal static string? More(WallPowerLine line, Ink ink) => line switch
    {
        { State: WallPowerState.Enough, Seconds: { } spare } => ink.Fill(Spare, PowerEventText.Time(spare, ink)),
        { State: WallPowerState.Short, Seconds: { } lacking } => ink.Fill(Lacking, PowerEventText.Time(lacking, ink)),
        { State: WallPowerState.Unknown, Age: { } age } => ink.Fill(line.WasOutage ? OldOutage : Old, ink.For(age)),
        { State: WallPowerState.Unknown, Ups: not null } => ink[NeverTold],
        { State: WallPowerState.Unknown } or { State: WallPowerState.Outage, EmptyAt: null } => ink[LeftUnknown],
        _ => null,
    };

    /// <summary>Time left as a clock shows it: <c>18:20</c>, <c>1:05:00</c>.</summary>
    internal static string Countdown(TimeSpan left)
    {
        var rest = left < TimeSpan.Zero ? TimeSpan.Zero : left;
        return rest.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)rest.TotalHours}:{rest.Minutes:00}:{rest.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{rest.Minutes}:{rest.Seconds:00}");
    }

    private static Sign Of(WallPowerState state) => state switch
    {
        WallPowerState.Nothing => NoUnits,
        WallPowerState.Enough => Enough,
        WallPowerState.NoPlan => NoPlan,
        WallPowerState.Unknown => Unknown,
        WallPowerState.Short => Short,
        WallPowerState.Outage => Outage,
        _ => throw new UnreachableException($"No text for {state}."),
    };
}
