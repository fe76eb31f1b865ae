using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Nut;
using RoomGuard.Bridge.Sensors;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Power;

namespace RoomGuard.Bridge.Power;

/// <summary>Everything the room gives orders to: its doors, the servers that listen to the NUT server, the receivers of webhooks, its UPS units where people may command them, and who listens to its sensors.</summary>
/// <param name="servers">Null: no NUT server runs here, and a plan can tell nobody.</param>
/// <param name="units">Where orders to units go.</param>
/// <param name="webhooks">Null: there are no receivers.</param>
/// <param name="sensors">Null: nobody listens to sensors here.</param>
public sealed class RoomDevices(IDoorDevices doors, NutBoard? servers, UpsBoard units, ILogger<RoomDevices> log, WebhookSender? webhooks = null, OrderedSensors? sensors = null) : IDoorDevices
{
    /// <inheritdoc/>
    public void Execute(DeviceOrder order)
    {
        switch (order)
        {
            case TellStop stop when servers is null || !servers.Latch(stop.Name):
                log.NobodyToTell(stop.Name);
                break;
            case TellStop stop:
                log.ToldToStop(stop.Name);
                break;
            case TakeStopBack back:
                servers?.Unlatch(back.Name);
                log.StopTakenBack(back.Name);
                break;
            case PostWebhook post:
                webhooks?.Post(post.Call);
                break;
            case CeaseWebhook cease:
                webhooks?.Cease(cease.Webhook, cease.Id);
                break;
            case CommandUnit command:
                units.Order(command);
                break;
            case HearSensors hear:
                sensors?.Hear(hear);
                break;
            default:
                doors.Execute(order);
                break;
        }
    }
}

internal static partial class RoomDevicesLog
{
    [LoggerMessage(6101, LogLevel.Warning, "Everybody on {Name} is told to stop")]
    public static partial void ToldToStop(this ILogger log, string name);

    [LoggerMessage(6102, LogLevel.Information, "{Name} may come back: nobody on it is told to stop any longer")]
    public static partial void StopTakenBack(this ILogger log, string name);

    [LoggerMessage(6103, LogLevel.Error, "The shutdown plan has a stage {Name} and the NUT server has no such name. Add it under nut.names of the settings; its hosts heard nothing")]
    public static partial void NobodyToTell(this ILogger log, string name);
}
