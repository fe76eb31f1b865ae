using System.Collections.Immutable;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.Doors;

/// <summary>
/// 在室者一覧 as the record has it (R-DOOR-05): the fold of the presence events, and of nothing else. Whoever reads the record comes to the same list as the
/// room itself; <see cref="EntryControl.InsideNow"/> is this list, kept in step.
/// </summary>
public sealed class PresenceList
{
    private readonly Dictionary<(ZoneId Zone, PersonId Person), InsideNow> inside = [];
    private readonly HashSet<PersonId> alone = [];

    /// <summary>Who is inside, by zone and person.</summary>
    public ImmutableArray<InsideNow> Now =>
    [
        .. inside.Values
            .Select(one => alone.Contains(one.Person) ? one with { Alone = true } : one)
            .OrderBy(one => one.Zone.Value, StringComparer.Ordinal).ThenBy(one => one.Person.Value, StringComparer.Ordinal),
    ];

    /// <summary>Takes the next event of the record.</summary>
    public void Apply(RecordedEvent item)
    {
        switch (item)
        {
            case PersonEntered e:
                if (e.Visit is not null)
                {
                    Change(e.Person, one => one with { Visit = e.Visit, Escort = e.Escort });
                }

                inside[(e.Zone, e.Person)] = new(
                    e.Zone,
                    e.Person,
                    e.Since ?? e.OccurredAt,
                    e.Door,
                    e.Evidence ?? PresenceEvidence.Opened,
                    e.Certainty ?? PresenceCertainty.Certain,
                    e.Visit,
                    e.Escort);
                break;
            case PersonLeft e:
                _ = inside.Remove((e.Zone, e.Person));
                if (!inside.Keys.Any(key => key.Person == e.Person))
                {
                    _ = alone.Remove(e.Person);
                }

                break;
            case PresenceMismatch e when inside.TryGetValue((e.Zone, e.Person), out var entry):
                inside[(e.Zone, e.Person)] = entry with { Certainty = PresenceCertainty.Unverified };
                break;
            case EscortHandedOver e:
                Change(e.Visitor, one => one with { Escort = e.To });
                break;
            case EscortMissing e:
                _ = alone.Add(e.Visitor);
                break;
            case EscortReturned e:
                _ = alone.Remove(e.Visitor);
                break;
            default:
                break;
        }
    }

    private void Change(PersonId person, Func<InsideNow, InsideNow> to)
    {
        foreach (var key in inside.Keys.Where(key => key.Person == person).ToArray())
        {
            inside[key] = to(inside[key]);
        }
    }
}
