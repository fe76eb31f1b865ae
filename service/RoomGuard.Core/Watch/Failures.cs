using System.Globalization;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Watch;

/// <summary>種類 of what failed (障害記録).</summary>
public enum FailedDevice
{
    /// <summary>読取装置, with the lock and contact behind it.</summary>
    Reader,

    /// <summary>制御盤.</summary>
    Panel,

    /// <summary>UPS・電源.</summary>
    Ups,

    /// <summary>センサー.</summary>
    Sensor,

    /// <summary>中継装置.</summary>
    Gateway,

    /// <summary>サーバ.</summary>
    Server,

    /// <summary>回線・配線.</summary>
    Line,
}

/// <summary>検知方法.</summary>
public enum FailureFinder
{
    /// <summary>制御装置: opened by itself.</summary>
    Controller,

    /// <summary>職員.</summary>
    Person,

    /// <summary>業者.</summary>
    Contractor,
}

/// <summary>障害の届出 by a person (R-MON-03); its number is that of its entry. What a device's alarm tells opens one by itself and needs no entry of its own.</summary>
/// <param name="DetectedAt">When it was seen.</param>
/// <param name="Symptom">症状.</param>
/// <param name="Impact">影響; null: none is known.</param>
public sealed record FailureReported(
    DateTimeOffset OccurredAt, DateTimeOffset DetectedAt, FailureFinder DetectedBy, FailedDevice DeviceKind, string Device, ZoneId? Zone, string Symptom, string? Impact, string By) : RecordedEvent(OccurredAt);

/// <summary>障害の処理: what was done about it. Each note stands beside those before it; what is null stays as it was.</summary>
/// <param name="Failure">Its number, e.g. <c>F-104233</c>.</param>
/// <param name="Handling">処理内容.</param>
/// <param name="Cause">原因.</param>
/// <param name="OpenProblem">残る問題.</param>
/// <param name="RestoredAt">復旧日時; null: not by this.</param>
public sealed record FailureHandled(
    DateTimeOffset OccurredAt, string Failure, string Handling, string? Cause, string? OpenProblem, DateTimeOffset? RestoredAt, string By) : RecordedEvent(OccurredAt);

/// <summary>障害記録の完了.</summary>
/// <param name="Result">結果.</param>
public sealed record FailureClosed(DateTimeOffset OccurredAt, string Failure, string Result, string By) : RecordedEvent(OccurredAt);

/// <summary>Which alarms are faults of a device: those open a 障害記録 by themselves (R-MON-03). Pure.</summary>
public static class Failures
{
    private const string Prefix = "F-";

    // A week of an office.
    private static readonly TimeSpan FiveDays = 5 * (new TimeOnly(17, 15) - new TimeOnly(8, 30));

    /// <summary>What failed where an alarm of this kind stands; null: it is no fault of a device.</summary>
    public static FailedDevice? DeviceOf(AlarmKind kind) => kind switch
    {
        _ when kind == AlarmKinds.ReaderFault => FailedDevice.Reader,
        _ when kind == AlarmKinds.DoorUnknown => FailedDevice.Line,
        _ when kind == AlarmKinds.PanelLost => FailedDevice.Panel,
        _ when kind == AlarmKinds.UpsLost || kind == AlarmKinds.SupplyTroubled => FailedDevice.Ups,
        _ when kind == AlarmKinds.SensorSilent || kind == AlarmKinds.SensorFault => FailedDevice.Sensor,
        _ when kind == AlarmKinds.GatewayDown => FailedDevice.Gateway,
        _ => null,
    };

    /// <summary>The number of the one an entry opened.</summary>
    public static string IdOf(long entry) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{entry}");

    /// <summary>When one that is open must be looked after by SYS: five working days† after it was noticed.</summary>
    public static DateTimeOffset OverdueAt(DateTimeOffset detected, TimeZoneInfo zone) => OfficeHours.Usual(zone).Add(detected, FiveDays);
}
