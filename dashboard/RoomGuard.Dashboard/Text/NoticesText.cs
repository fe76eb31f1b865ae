using System.Diagnostics;
using RoomGuard.Core.Watch;
using RoomGuard.Dashboard.Notices;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of 通知.</summary>
public static class NoticesText
{
    public static readonly Word Title = new("通知", "Notices");
    public static readonly Word Lead = new(
        "警報を庁舎の外や当番へ知らせる経路です。通知には番号・種別・区域・重大度・時刻だけを載せ、氏名は載せません。",
        "How alarms reach people outside these pages. A notice holds id, kind, area, level and time, and no name.");
    public static readonly Word NotSetTitle = new("通知先が設定されていません", "No notices are set up");
    public static readonly Word NotSetLead = new(
        "警報はこの画面でしか分かりません。サービスの設定の notices に、メール・syslog・Webhookの経路と連絡先を書いてください(docs/notices.md)。",
        "Alarms are seen on these pages alone. Write channels and contacts under notices in the service's settings (docs/notices.md).");
    public static readonly Word Channels = new("経路", "Channels");
    public static readonly Word Target = new("送り先", "Target");
    public static readonly Word Allowed = new("許可", "Allowed by");
    public static readonly Word InHouse = new("この機械の中", "on this machine");
    public static readonly Word InQueue = new("送信待ち", "Waiting");
    public static readonly Word LastSent = new("最後の送信", "Last sent");
    public static readonly Word LastFault = new("最後の失敗", "Last fault");
    public static readonly Word Beat = new("生存信号", "Heartbeat");
    public static readonly Word BeatNone = new("起動後はまだ", "none since the start");
    public static readonly Word Never = new("なし", "never");
    public static readonly Word AgoAt = new("{0}({1})", "{0} ({1})");
    public static readonly Word TestTitle = new("試験通知を送る", "Send a test notice");
    public static readonly Word TestLead = new(
        "選んだ連絡先へ、選んだ経路だけで1回送ります。月に1回は届くことを確かめてください。結果は記録されます。",
        "Sent once, to this contact by this channel alone. Make sure once a month that it arrives. The result is recorded.");
    public static readonly Word Way = new("連絡先と経路", "Contact and channel");
    public static readonly Word WayOf = new("{0} へ {1} で", "to {0} by {1}");
    public static readonly Word Send = new("送る", "Send");
    public static readonly Word Queue = new("送信待ちの通知", "Waiting to go out");
    public static readonly Word QueueMore = new("ほか {0}件", "{0} more");
    public static readonly Word QueueNone = new("送信待ちの通知はありません。", "Nothing waits.");
    public static readonly Word Results = new("最近の結果", "Last results");
    public static readonly Word ResultsNone = new("送った通知はまだありません。", "Nothing was sent yet.");
    public static readonly Word Gaps = new("監視の途切れ", "Times without watching");
    public static readonly Word GapsLead = new("サービスが動いていなかった時間です(R-MON-02)。", "When the service did not run (R-MON-02).");
    public static readonly Word GapsNone = new("途切れはありません。", "There was none.");
    public static readonly Word From = new("始まり", "From");
    public static readonly Word To = new("終わり", "To");
    public static readonly Word Lasted = new("長さ", "Length");
    public static readonly Word Cause = new("理由", "Cause");
    public static readonly Word Notice = new("通知", "Notice");
    public static readonly Word Kind = new("種別", "Kind");
    public static readonly Word Level = new("重大度", "Level");
    public static readonly Word Zone = new("区域", "Area");
    public static readonly Word Contact = new("連絡先", "Contact");
    public static readonly Word Channel = new("経路", "Channel");
    public static readonly Word State = new("状態", "State");
    public static readonly Word Tries = new("試行", "Tries");
    public static readonly Word When = new("日時", "When");
    public static readonly Word Next = new("次の試行", "Next try");
    public static readonly Word Alarm = new("警報", "Alarm");
    public static readonly Word Together = new("まとめて送信", "Sent together in");
    public static readonly Word Why = new("最後の失敗の内容", "Last fault");
    public static readonly Word TriesTitle = new("試行の経過", "Tries so far");
    public static readonly Word TriesNone = new("まだ試行していません。", "Not tried yet.");
    public static readonly Word Taken = new("受け取られました", "taken");

    public static readonly Sign Well = new("○", new("正常", "Normal"), "ok");
    public static readonly Sign Unused = new("―", new("不明(まだ使っていない)", "Unknown, not used yet"), "stale");
    public static readonly Sign Failing = new("▲", new("送れない", "Cannot send"), "high");

    private static readonly Sign Waits = new("△", new("送信待ち", "waiting"), "warn");
    private static readonly Sign Sent = new("○", new("送信済", "sent"), "ok");
    private static readonly Sign GivenUp = new("▲", new("断念", "given up"), "high");

    /// <summary>What a channel is.</summary>
    public static Word Of(ChannelSort sort) => sort switch
    {
        ChannelSort.Mail => new("メール", "E-mail"),
        ChannelSort.Syslog => new("syslog", "syslog"),
        ChannelSort.Webhook => new("Webhook", "Webhook"),
        _ => throw new UnreachableException($"No text for {sort}."),
    };

    /// <summary>How a channel does: what was never tried is unknown, not well.</summary>
    public static Sign Of(ChannelLine channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.FailingSince is not null || channel.Beat?.FailingSince is not null ? Failing
            : channel.LastSentAt is not null || channel.Beat?.LastAt is not null ? Well
            : Unused;
    }

    /// <summary>Where a notice stands.</summary>
    public static Sign Of(NoticeState state) => state switch
    {
        NoticeState.Waiting => Waits,
        NoticeState.Sent => Sent,
        NoticeState.GivenUp => GivenUp,
        _ => throw new UnreachableException($"No text for {state}."),
    };

    /// <summary>How urgent a notice is.</summary>
    public static Sign Of(AlarmLevel level)
    {
        var words = AlarmText.Of(level);
        return new(words.Symbol, CasesText.Of(words), level switch { AlarmLevel.Emergency => "crit", AlarmLevel.Important => "high", _ => "warn" });
    }
}
