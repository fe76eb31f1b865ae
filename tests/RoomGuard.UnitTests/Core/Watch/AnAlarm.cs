using RoomGuard.Core.Watch;
using RoomGuard.Core.Zones;

namespace RoomGuard.UnitTests.Core.Watch;

/// <summary>Alarms that are valid as they come. A test changes only what it is about.</summary>
internal static class AnAlarm
{
    /// <summary>A Monday, ten o'clock in Tokyo.</summary>
    public static readonly DateTimeOffset Ten = new(2026, 5, 11, 1, 0, 0, TimeSpan.Zero);

    public static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    public static readonly OfficeHours Office = OfficeHours.Usual(Tokyo);

    public static readonly ZoneId Server = new("SRV-1");

    public static CauseArose Cause(AlarmKind? kind = null, AlarmLevel? level = null, string subject = "SRV-1-D1") =>
        new(kind ?? AlarmKinds.DoorHeldOpen, subject, level ?? (kind ?? AlarmKinds.DoorHeldOpen).Level) { Zone = Server };

    public static Alarm Of(AlarmKind? kind = null, DateTimeOffset? at = null, long entry = 100, string subject = "SRV-1-D1", AlarmLevel? level = null) =>
        AlarmMachine.Raise(Cause(kind, level, subject), at ?? Ten, entry, before: null);

    public static AlarmCase Case(Alarm alarm, params Told[] told) => new(alarm, null, [.. told]);

    extension(Alarm alarm)
    {
        public Alarm Comes(DateTimeOffset at, AlarmLevel? level = null, long entry = 200) => AlarmMachine.Step(alarm, new CauseCame(at, level ?? alarm.Level, entry));

        public Alarm Goes(DateTimeOffset at) => AlarmMachine.Step(alarm, new CauseWent(at));

        public Alarm Grows(DateTimeOffset at, AlarmLevel level, long entry = 201) => AlarmMachine.Step(alarm, new CauseGrew(at, level, entry));

        public Alarm IsSeen(DateTimeOffset at) => AlarmMachine.Step(alarm, new PersonAcknowledged(at, new("S-0002"), "扉を閉めた", FalseAlarm: false));

        public Alarm IsShelved(DateTimeOffset at, TimeSpan time) => AlarmMachine.Step(alarm, new PersonShelved(at, at + time, "部品待ち", new("S-0002")));
    }
}
