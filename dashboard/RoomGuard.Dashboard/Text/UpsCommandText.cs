using System.Diagnostics;
using RoomGuard.Core.Power;
using RoomGuard.Dashboard.Power;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the page UPSの操作 (R-PWR-10).</summary>
public static class UpsCommandText
{
    public static readonly Word Title = new("UPSの操作", "UPS commands");
    public static readonly Word TitleOf = new("UPSの操作 {0}", "Commands to {0}");
    public static readonly Word Open = new("この装置の操作", "Commands to this unit");
    public static readonly Word Waits = new("操作 {0} が確認待ちです", "{0} waits for its second person");
    public static readonly Word Lead = new(
        "自己診断や出力停止は、運用担当者が依頼し、別の人が15分以内に確認して初めて装置へ送ります(R-PWR-10)。",
        "A self-test or output off is asked for by operations staff and sent only when another person confirms it within 15 minutes (R-PWR-10).");
    public static readonly Word OtherUnits = new("ほかの装置", "Other units");
    public static readonly Word Hanging = new("この装置につながるサーバ", "Servers on this unit");
    public static readonly Word NoHosts = new("停止計画に、この装置につながるサーバは登録されていません。", "No shutdown plan names a server on this unit.");
    public static readonly Word OffTitle = new("この装置では操作を許可していません", "No command is allowed at this unit");
    public static readonly Word OffLead = new(
        "装置への書込みは初期設定で切ってあります(R-NET-04)。許可するには、制御盤の bridge.json のこの装置に次の行を書き、制御盤を再起動してください。許可する操作だけを書きます。",
        "Writing to a unit is off as it comes (R-NET-04). To allow it, add this line to the unit in the bridge's bridge.json and restart the bridge. Name only what is to be allowed.");
    public const string OffExample = "\"commands\": [\"BatteryTestQuick\", \"BatteryTestStop\"]";
    public static readonly Word SilentTitle = new("制御盤から知らせがありません", "The bridge is silent");
    public static readonly Word SilentLead = new(
        "操作は送れません。後で送るために溜めておくこともしません。制御盤との通信が戻ってから、依頼からやり直してください(R-PWR-10)。",
        "No command can be sent, and none is kept for later. Ask again once the bridge is back (R-PWR-10).");
    public static readonly Word AskTitle = new("操作を依頼する", "Ask for a command");
    public static readonly Word Choice = new("操作", "Command");
    public static readonly Word After = new("{0} — {1}後", "{0}, after {1}");
    public static readonly Word ReasonHelp = new("例: 半年ごとの蓄電池点検", "E.g. half-yearly battery check");
    public static readonly Word Ask = new("依頼する", "Ask");
    public static readonly Word NotYours = new("操作を依頼できるのは運用担当者(OPS)です(R-PWR-10)。", "Commands are asked for by operations staff, OPS (R-PWR-10).");
    public static readonly Word Lines = new("依頼と結果", "Requests and results");
    public static readonly Word NoLines = new("この装置への操作の記録はありません。", "No command to this unit is on record.");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word AskedBy = new("依頼", "Asked by");
    public static readonly Word ConfirmedBy = new("確認", "Confirmed by");
    public static readonly Word DroppedBy = new("取下げ・不承認", "Dropped by");
    public static readonly Word Until = new("確認の期限", "To be confirmed by");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Detail = new("詳細", "Detail");
    public static readonly Word Unit = new("装置", "Unit");
    public static readonly Word Number = new("番号", "Number");
    public static readonly Word What = new("起きること", "What will happen");
    public static readonly Word HostsNow = new("つながるサーバ", "Servers on it");
    public static readonly Word None = new("なし", "none");

    public static readonly Word Confirm = new("確認して送る", "Confirm and send");
    public static readonly Word ConfirmTitle = new("操作 {0} を確認して装置へ送りますか", "Confirm {0} and send it to the unit?");
    public static readonly Word ConfirmLead = new(
        "押すと制御盤へ送られ、1分以内に一度だけ実施されます。依頼した本人は確認できません(R-PWR-10)。",
        "It goes to the bridge at once and is done once, within a minute. Who asked for it cannot confirm it (R-PWR-10).");
    public static readonly Word Drop = new("取り下げる・承認しない", "Take back or refuse");
    public static readonly Word DropTitle = new("操作 {0} を取り下げますか", "Drop {0}?");
    public static readonly Word DropLead = new("装置には何も送られません。", "Nothing is sent to the unit.");

    public static readonly Word QuickDoes = new("蓄電池に短い間だけ負荷を移し、良否を調べます。サーバは動いたままです。", "The battery carries the load for a short time and is judged. Servers stay up.");
    public static readonly Word DeepDoes = new(
        "電池残量低下になるまで蓄電池で動かします。終わって充電が戻るまで、停電に備える時間が短くなります。",
        "The battery carries the load until it is low. Until it is charged again there is less time in an outage.");
    public static readonly Word StopDoes = new("進行中の自己診断を止めます。", "A self-test under way is ended.");
    public static readonly Word OffDoes = new("{0}後にこの装置の出力がすべて切れ、つながる機器の電源が落ちます。", "After {0} all outputs of this unit go off, and everything on it loses power.");
    public static readonly Word OffAtOnce = new("この装置の出力がすべてすぐに切れ、つながる機器の電源が落ちます。", "All outputs of this unit go off at once, and everything on it loses power.");
    public static readonly Word ComesBack = new("商用電源があれば、装置が自分で出力を戻します。", "With mains there, the unit switches on again by itself.");
    public static readonly Word StaysOff = new("出力再開を送るまで切れたままです。", "It stays off until output on is sent.");
    public static readonly Word OnDoes = new("止まっている出力を入れます。予約された出力停止も取り消します。", "Outputs that are off go on; an ordered output off is taken back.");
    public static readonly Word MuteDoes = new("装置の警報音を消します。", "The unit's beeper is muted.");

    public static readonly Sign StateAsked = new("△", new("確認待ち", "waits for the second person"), "warn");
    public static readonly Sign StateExpired = new("―", new("失効(15分以内に確認されず、送っていない)", "lapsed: not confirmed in 15 minutes, not sent"), "quiet");
    public static readonly Sign StateDropped = new("―", new("取下げ・不承認", "dropped"), "quiet");
    public static readonly Sign StateSent = new("●", new("送信済み・結果待ち", "sent, waits for the result"), "quiet");
    public static readonly Sign StateNoWord = new("▲", new("結果が届かない(1分以内に届かなかった操作は実施されません)", "no word of it: what was not delivered within a minute is not done"), "high");

    /// <summary>Where a command stands.</summary>
    public static Sign Of(UpsCommandLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.State switch
        {
            UpsCommandState.Asked => StateAsked,
            UpsCommandState.Expired => StateExpired,
            UpsCommandState.Dropped => StateDropped,
            UpsCommandState.Sent => StateSent,
            UpsCommandState.NoWord => StateNoWord,
            UpsCommandState.Ended when line.Result is { } result => Of(result),
            _ => throw new UnreachableException($"No text for {line.State}."),
        };
    }

    /// <summary>How a command ended.</summary>
    public static Sign Of(UpsCommandResult result)
    {
        var words = PowerText.Of(result);
        return new(words.Symbol, CasesText.Of(words), result switch
        {
            UpsCommandResult.Done => "ok",
            UpsCommandResult.NotSeen or UpsCommandResult.NoAnswer or UpsCommandResult.Interrupted => "high",
            _ => "warn",
        });
    }

    /// <summary>A command with its delay, if it has one.</summary>
    public static string Of(UpsCommand command, int delaySeconds, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(ink);
        var name = ink[CasesText.Of(PowerText.Of(command))];
        return delaySeconds > 0 ? ink.Fill(After, name, PowerEventText.Time(delaySeconds, ink)) : name;
    }

    /// <summary>What a command does at this unit, in sentences.</summary>
    public static string Does(UpsCommandOffer offer, int delaySeconds, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(ink);
        return offer.Command switch
        {
            UpsCommand.BatteryTestQuick => ink[QuickDoes],
            UpsCommand.BatteryTestDeep => ink[DeepDoes],
            UpsCommand.BatteryTestStop => ink[StopDoes],
            UpsCommand.OutputOff => $"{(delaySeconds > 0 ? ink.Fill(OffDoes, PowerEventText.Time(delaySeconds, ink)) : ink[OffAtOnce])} {ink[offer.ComesBack ? ComesBack : StaysOff]}",
            UpsCommand.OutputOn => ink[OnDoes],
            UpsCommand.BeeperMute => ink[MuteDoes],
            _ => throw new UnreachableException($"No text for {offer.Command}."),
        };
    }
}
