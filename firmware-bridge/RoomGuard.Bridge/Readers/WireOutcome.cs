using RoomGuard.Core.Doors;
using RoomGuard.Core.Zones;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>What follows from something that happened on a wire.</summary>
public abstract record WireOutcome;

/// <summary>The room is to be told.</summary>
public sealed record TellRoom(RoomInput Input) : WireOutcome;

/// <summary>R-DOOR-05: the exit button was pressed; its strike is released at once, before anything is written or decided.</summary>
public sealed record ReleaseForExit(DoorId Door, TimeSpan For) : WireOutcome;

/// <summary>The reader lost what it showed: show it again.</summary>
public sealed record ShowAgain(byte Address) : WireOutcome;

/// <summary>Something for whoever keeps the readers' keys.</summary>
public sealed record KeyMatter(DeviceId Reader, AcuEvent Event) : WireOutcome;

/// <summary>A command that somebody relied on was not done.</summary>
/// <param name="Text">One line naming reader, order and reason.</param>
public sealed record OrderNotDone(DeviceId Reader, string Text) : WireOutcome;
