using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Power;

/// <summary>The words of the power's enumerations, as the UPS trade says them.</summary>
public static class PowerText
{
    /// <summary>What hangs the load on a unit.</summary>
    public static Words Of(UnitPower power) => power switch
    {
        UnitPower.Unknown => new("不明", "unknown", "―"),
        UnitPower.Mains => new("商用電源", "on mains", "○"),
        UnitPower.Battery => new("電池運転", "on battery", "▲"),
        UnitPower.Off => new("出力停止", "output off", "■"),
        _ => throw new UnreachableException($"No text for {power}."),
    };

    /// <summary>Why a stage was told to stop.</summary>
    public static Words Of(StageCause cause) => cause switch
    {
        StageCause.Threshold => new("残り時間が開始条件に達した", "time left reached the threshold"),
        StageCause.LowBattery => new("UPSが電池残量低下を報告", "the UPS says its battery is low"),
        StageCause.RuntimeUnknown => new("残り時間が不明", "nobody knows the time left"),
        StageCause.Forced => new("人の指示", "forced by a person"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>How a stage ended.</summary>
    public static Words Of(StageResult result) => result switch
    {
        StageResult.Stopped => new("全台停止", "all stopped", "○"),
        StageResult.Unseen => new("接続中の機器なし(停止は不明)", "none was logged in: not known", "―"),
        StageResult.TimedOut => new("時間切れ", "timed out", "▲"),
        _ => throw new UnreachableException($"No text for {result}."),
    };

    /// <summary>What a receiver is asked to do.</summary>
    public static Words Of(WebhookAct act) => act switch
    {
        WebhookAct.Stop => new("停止の知らせ", "word to stop"),
        WebhookAct.TakeBack => new("停止取消の知らせ", "word taken back"),
        _ => throw new UnreachableException($"No text for {act}."),
    };

    /// <summary>What is wrong with the supply (R-PWR-05).</summary>
    public static Words Of(SupplyTrouble trouble) => trouble switch
    {
        SupplyTrouble.OverVoltage => new("過電圧", "over-voltage", "▲"),
        SupplyTrouble.OverCurrent => new("過電流(過負荷)", "over-current", "▲"),
        SupplyTrouble.Surge => new("雷サージ", "surge", "▲"),
        SupplyTrouble.ArresterUsedUp => new("避雷器の劣化", "arrester used up", "▲"),
        SupplyTrouble.Bypass => new("迂回(バイパス)", "bypass", "◆"),
        SupplyTrouble.UnitFault => new("UPS故障・過熱", "UPS fault or too hot", "■"),
        _ => throw new UnreachableException($"No text for {trouble}."),
    };

    /// <summary>Why a battery is due (R-PWR-07).</summary>
    public static Words Of(BatteryDueCause cause) => cause switch
    {
        BatteryDueCause.UnitSaysSo => new("UPSが交換を求めている", "the UPS asks for it"),
        BatteryDueCause.DatePassed => new("交換期限を過ぎた", "its replacement date has passed"),
        BatteryDueCause.TestFailed => new("自己診断に不合格", "its self-test failed"),
        BatteryDueCause.Missing => new("電池がない", "there is no battery"),
        BatteryDueCause.LastedLess => new("表示より早く尽きた", "it lasted less than it claimed"),
        _ => throw new UnreachableException($"No text for {cause}."),
    };

    /// <summary>What two people may have a unit do (R-PWR-10).</summary>
    public static Words Of(UpsCommand command) => command switch
    {
        UpsCommand.BatteryTestQuick => new("蓄電池の自己診断(短時間)", "battery self-test, short"),
        UpsCommand.BatteryTestDeep => new("蓄電池の自己診断(長時間)", "battery self-test, long"),
        UpsCommand.BatteryTestStop => new("自己診断の中止", "stop the self-test"),
        UpsCommand.OutputOff => new("出力停止", "output off"),
        UpsCommand.OutputOn => new("出力再開", "output on"),
        UpsCommand.BeeperMute => new("警報音の消音", "mute the beeper"),
        _ => throw new UnreachableException($"No text for {command}."),
    };

    /// <summary>How a command ended.</summary>
    public static Words Of(UpsCommandResult result) => result switch
    {
        UpsCommandResult.Done => new("実施を確認", "done, and seen", "○"),
        UpsCommandResult.NotSeen => new("送ったが、装置の状態に現れない", "sent, but the unit does not show it", "▲"),
        UpsCommandResult.RefusedByUnit => new("装置が拒否", "refused by the unit", "×"),
        UpsCommandResult.NoAnswer => new("装置から応答なし(実施は不明)", "no answer: not known whether it was done", "―"),
        UpsCommandResult.NotAllowed => new("この装置では許可していない", "not allowed at this unit", "×"),
        UpsCommandResult.ServersUp => new("接続中のサーバがあるため拒否", "refused: servers are logged in", "×"),
        UpsCommandResult.NotOnMains => new("商用電源で動いていないため拒否", "refused: not on mains", "×"),
        UpsCommandResult.Lapsed => new("失効(1分以内に届かず、実施していない)", "lapsed: not delivered within a minute, not done", "―"),
        UpsCommandResult.Interrupted => new("途中で制御盤が停止(実施は不明)", "the bridge went down: not known whether it was done", "―"),
        _ => throw new UnreachableException($"No text for {result}."),
    };
}
