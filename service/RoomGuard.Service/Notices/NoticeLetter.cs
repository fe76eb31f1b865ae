using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RoomGuard.Core.Watch;
using RoomGuard.Service.Notices.Mail;
using RoomGuard.Service.Notices.Syslog;

namespace RoomGuard.Service.Notices;

/// <summary>
/// What goes out: one notice, several of a flood together, or a heartbeat, in the form of each channel. It holds id, kind, zone, level, cause, time and a link, and nothing else: no name and
/// nothing of class II (R-INC-13). Pure.
/// </summary>
/// <param name="Id">The same for every repetition.</param>
/// <param name="Notices">Empty: a heartbeat.</param>
/// <param name="Site">The site's id.</param>
/// <param name="Zone">By which times are written for people.</param>
/// <param name="Link">Where the pages are; null: not said.</param>
/// <param name="At">Of a heartbeat: when it was sent.</param>
/// <param name="IsWell">Of a heartbeat: whether the record can be written.</param>
public sealed record NoticeLetter(string Id, ImmutableArray<NoticeDue> Notices, string Site, TimeZoneInfo Zone, string? Link, DateTimeOffset At, bool IsWell = true)
{
    /// <summary>The kind of a heartbeat.</summary>
    public const string HeartbeatKind = "heartbeat";

    private const string App = "roomguard";

    // RFC 5612 keeps this number for examples; it is no organisation's, so the element clashes with nobody's.
    private const string Element = "roomguard@32473";
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a mail.</summary>
    public MailMessage ToMail(string from, string to, DateTimeOffset now)
    {
        var worst = Notices.Select(notice => notice.Level).Min();
        return new(from, to, Subject(), Body(), Id, TimeZoneInfo.ConvertTime(now, Zone), worst == AlarmLevel.Emergency && !IsTest);
    }

    /// <summary>As a message of RFC 5424.</summary>
    public SyslogMessage ToSyslog(int facility) => Notices switch
    {
        [] => new(
            facility, IsWell ? 6 : 3, At.ToUniversalTime(), Site, App, null, HeartbeatKind,
            [new(Element, [("id", Id), ("site", Site), ("well", IsWell ? "true" : "false")])], IsWell ? "heartbeat" : "heartbeat; the record cannot be written"),
        [var one] => new(
            facility, SeverityOf(one), one.DueAt.ToUniversalTime(), Site, App, null, one.Kind,
            [new(Element, [("id", Id), ("site", Site), ("alarm", one.AlarmId), ("kind", one.Kind), ("zone", one.ZoneId ?? ""), ("level", Code(one.Level)), ("cause", Code(one.Cause)), ("link", LinkTo(one) ?? "")])],
            Subject()),
        _ => new(
            facility, Notices.Min(SeverityOf), Notices.Max(notice => notice.DueAt).ToUniversalTime(), Site, App, null, "grouped",
            [
                new(Element, [("id", Id), ("site", Site), ("count", Notices.Length.ToString(CultureInfo.InvariantCulture)), ("notices", string.Join(' ', Notices.Select(notice => notice.NoticeId)))]),
            ],
            Subject()),
    };

    /// <summary>As the body of a signed post; the same bytes for every repetition.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("site", Site);
            json.WriteString("id", Id);
            if (Notices is [var one])
            {
                Write(json, one);
            }
            else if (Notices.IsEmpty)
            {
                json.WriteString("kind", HeartbeatKind);
                json.WriteString("at", Utc(At));
                json.WriteBoolean("well", IsWell);
            }
            else
            {
                json.WriteString("kind", "grouped");
                json.WriteStartArray("notices");
                foreach (var notice in Notices)
                {
                    json.WriteStartObject();
                    json.WriteString("id", notice.NoticeId);
                    Write(json, notice);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>How a level is written for programs.</summary>
    public static string Code(AlarmLevel level) => JsonNamingPolicy.KebabCaseLower.ConvertName(level.ToString());

    /// <summary>How a cause is written for programs.</summary>
    public static string Code(NoticeCause cause) => JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString());

    private bool IsTest => Notices.All(notice => notice.Cause == NoticeCause.Test);

    // A test never wakes anybody; what is over is told quietly.
    private static int SeverityOf(NoticeDue notice) => notice switch
    {
        { Cause: NoticeCause.Test or NoticeCause.Returned } => 5,
        { Level: AlarmLevel.Emergency } => 2,
        { Level: AlarmLevel.Important } => 3,
        _ => 4,
    };

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Write(Utf8JsonWriter json, NoticeDue notice)
    {
        json.WriteString("alarm", notice.AlarmId);
        json.WriteString("kind", notice.Kind);
        json.WriteString("zone", notice.ZoneId);
        json.WriteString("level", Code(notice.Level));
        json.WriteString("cause", Code(notice.Cause));
        json.WriteString("at", Utc(notice.DueAt));
        json.WriteString("link", LinkTo(notice));
    }

    private string? LinkTo(NoticeDue notice) => Link is null ? null : $"{Link.TrimEnd('/')}/notices/{Uri.EscapeDataString(notice.NoticeId)}";

    private string Subject()
    {
        if (Notices is [var one])
        {
            var (level, kind, cause) = (AlarmText.Of(one.Level), NoticeText.Of(one.Kind), AlarmText.Of(one.Cause));
            return IsTest
                ? $"【RoomGuard 試験】{kind.Ja} {Site} / {kind.En}"
                : $"【RoomGuard {level.Ja}】{kind.Ja}({cause.Ja}){Place(one)} {Site} / {level.En}: {kind.En}";
        }

        var worst = AlarmText.Of(Notices.Min(notice => notice.Level));
        return $"【RoomGuard {worst.Ja}】{Notices.Length}件の通知 {Site} / {worst.En}: {Notices.Length} notices";
    }

    private static string Place(NoticeDue notice) => notice.ZoneId is { } zone ? $" {zone}" : "";

    private string Body()
    {
        var text = new StringBuilder();
        if (Notices is not [var one])
        {
            text.Append(CultureInfo.InvariantCulture, $"{Notices.Length}件の通知をまとめて送ります。\n{Notices.Length} notices, sent together.\n\n");
            foreach (var notice in Notices)
            {
                var (level, kind, cause) = (AlarmText.Of(notice.Level), NoticeText.Of(notice.Kind), AlarmText.Of(notice.Cause));
                text.Append(CultureInfo.InvariantCulture, $"{level.Symbol} {Local(notice)} {kind.Ja}({cause.Ja}){Place(notice)} {notice.NoticeId} / {kind.En} ({cause.En})\n");
            }

            return Link is null ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $"\n{Link.TrimEnd('/')}/notices\n").ToString();
        }

        var words = (Level: AlarmText.Of(one.Level), Kind: NoticeText.Of(one.Kind), Cause: AlarmText.Of(one.Cause));
        (string Ja, string En, string JaValue, string EnValue)[] lines =
        [
            ("重大度", "Level", words.Level.Ja, words.Level.En),
            ("種別", "Kind", words.Kind.Ja, words.Kind.En),
            ("理由", "Cause", words.Cause.Ja, words.Cause.En),
            ("区域", "Zone", one.ZoneId ?? "―", one.ZoneId ?? "-"),
            ("時刻", "Time", Local(one), Local(one)),
            ("警報", "Alarm", one.AlarmId, one.AlarmId),
            ("番号", "Id", one.NoticeId, one.NoticeId),
            ("拠点", "Site", Site, Site),
        ];
        text.Append(IsTest ? "これは試験です。対応は要りません。\n\n" : "");
        text.AppendJoin("", lines.Select(line => $"{line.Ja}: {line.JaValue}\n"));
        text.Append(LinkTo(one) is { } link ? $"画面: {link}\n" : "").Append('\n').Append(IsTest ? "This is a test. Nothing has to be done.\n\n" : "");
        text.AppendJoin("", lines.Select(line => $"{line.En}: {line.EnValue}\n"));
        return text.Append(LinkTo(one) is { } page ? $"Page: {page}\n" : "").ToString();
    }

    private string Local(NoticeDue notice) => TimeZoneInfo.ConvertTime(notice.DueAt, Zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
