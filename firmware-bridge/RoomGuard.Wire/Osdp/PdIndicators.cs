using System.Collections.Immutable;

namespace RoomGuard.Wire.Osdp;

/// <summary>One output with its timer.</summary>
internal sealed class PdOutput
{
    private bool permanent;
    private bool temporary;
    private TimeSpan? until;

    public bool IsOn(TimeSpan now) => until is { } end && now < end ? temporary : permanent;

    public void Set(OutputSetting setting, TimeSpan now)
    {
        switch (setting.Control)
        {
            case OutputControl.Off or OutputControl.On:
                permanent = setting.Control == OutputControl.On;
                until = null;
                break;
            case OutputControl.OffAfterTimer or OutputControl.OnAfterTimer:
                permanent = setting.Control == OutputControl.OnAfterTimer;
                break;
            case OutputControl.OnFor or OutputControl.OffFor:
                temporary = setting.Control == OutputControl.OnFor;
                until = now + TimeSpan.FromMilliseconds(setting.Tenths * 100);
                break;
        }
    }

    public void Reset()
    {
        permanent = false;
        until = null;
    }
}

/// <summary>One light: a permanent state and a temporary one on top of it.</summary>
internal sealed class PdLight
{
    private PermanentLight permanent;
    private TimeSpan permanentFrom;
    private TemporaryLight temporary;
    private TimeSpan temporaryFrom;
    private TimeSpan? until;

    public LedColour Colour(TimeSpan now) => until is { } end && now < end
        ? Blink(now - temporaryFrom, temporary.OnTenths, temporary.OffTenths, temporary.On, temporary.Off)
        : Blink(now - permanentFrom, permanent.OnTenths, permanent.OffTenths, permanent.On, permanent.Off);

    public void Set(LedSetting setting, TimeSpan now)
    {
        if (setting.Permanent.Control == 1)
        {
            permanent = setting.Permanent;
            permanentFrom = now;
        }

        switch (setting.Temporary.Control)
        {
            case 1:
                until = null;
                break;
            case 2:
                temporary = setting.Temporary;
                temporaryFrom = now;
                until = now + TimeSpan.FromMilliseconds(setting.Temporary.TimerTenths * 100);
                break;
        }
    }

    public void Reset()
    {
        permanent = default;
        until = null;
    }

    private static LedColour Blink(TimeSpan since, byte on, byte off, LedColour onColour, LedColour offColour)
    {
        var cycle = (on + off) * 100;
        return cycle == 0 || since.TotalMilliseconds % cycle < on * 100 ? onColour : offColour;
    }
}

/// <summary>What a person standing at the reader sees and hears.</summary>
/// <param name="Lights">Colour of each light, head by head.</param>
/// <param name="Sounding">The buzzer sounds.</param>
/// <param name="Text">Text on the display; empty when dark.</param>
/// <param name="Outputs">Outputs that are on.</param>
public sealed record PdFace(ImmutableArray<LedColour> Lights, bool Sounding, string Text, ImmutableArray<bool> Outputs);
