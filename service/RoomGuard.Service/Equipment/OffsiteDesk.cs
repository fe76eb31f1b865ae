using System.Globalization;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Dashboard.Now;
using RoomGuard.Service.Operators;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;

namespace RoomGuard.Service.Equipment;

/// <summary>敷地外の機器 (R-LIFE-06): what stands where by whose approval, and its checks at the profile's interval.</summary>
public sealed class OffsiteDesk(ServiceRecord record, SitePolicy policy, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IOffsiteDesk
{
    /// <inheritdoc/>
    public Task<OffsiteRegister?> Register(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => DeskGate.Open(by, PageAct.SeeOffsite)
            ? new OffsiteRegister([.. OffsiteView.All(db).Select(stay => Line(db, stay)).OrderByDescending(line => line.Overdue).ThenBy(line => line.DueOn ?? DateOnly.MaxValue)], policy.Now.OffsiteCheckMonths, MayCheck(by).Allowed)
            : null,
        gone);

    /// <inheritdoc/>
    public async Task<ActResult> Check(AssetTag tag, int version, DateOnly checkedOn, OffsiteResult result, string note, Actor by, CancellationToken stop) =>
        await guard.Objection(by, MayCheck(by), $"{Act.PlaceOffSite}/{Part.Does}", "R-LIFE-06", tag.Value ?? "", stop) is { } objection
            ? ActResult.NotAllowed(objection)
            : await turn.ActAsync(
                [.. Enum.IsDefined(result) ? Array.Empty<FieldProblem>() : [new("result", FieldFault.NotAChoice)], .. FieldRules.Text("note", note, FieldRules.LongestReason)],
                async () =>
                {
                    if (record.Readers.AskNow(db => OffsiteView.One(db, tag)) is not { } stay)
                    {
                        return ActResult.Refused("item", FieldFault.Unknown, tag.Value);
                    }

                    var earliest = stay.CheckedOn ?? DayOf(stay.Since);
                    if (stay.Version != version || checkedOn > Today() || checkedOn < earliest)
                    {
                        return stay.Version != version ? ActResult.Refused("", FieldFault.ChangedMeanwhile)
                            : checkedOn > Today() ? ActResult.Refused("checkedOn", FieldFault.InFuture)
                            : ActResult.Refused("checkedOn", FieldFault.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{earliest:yyyy-MM-dd} –"));
                    }

                    _ = await record.AppendAsync(new OffsiteChecked(time.GetUtcNow(), tag, checkedOn, result, FieldRules.Clean(note), by.Id), stop);
                    return ActResult.Done(tag.Value);
                },
                stop);

    /// <inheritdoc/>
    public Task<int> Waiting(Actor by, CancellationToken gone) => record.Readers.Ask(
        db => by.Holdings.Any(holding => holding.Role is Role.SupervisingOfficer or Role.ChiefOfficer) || MayCheck(by).Allowed
            ? OffsiteView.All(db).Count(stay => IsOverdue(stay, policy.Now.OffsiteCheckMonths, time.GetUtcNow(), record.TimeZone))
            : 0,
        gone);

    /// <summary>Checks that are overdue, for what needs a hand: one line for all (R-LIFE-06).</summary>
    public static IEnumerable<Attention> Overdue(Statements db, DateTimeOffset now, TimeZoneInfo zone, PolicyProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(zone);
        var late = OffsiteView.All(db).Where(stay => IsOverdue(stay, profile.OffsiteCheckMonths, now, zone)).ToList();
        if (late.Count == 0)
        {
            return [];
        }

        var first = late.Min(stay => stay.DueOn(profile.OffsiteCheckMonths, zone)!.Value).AddDays(1).ToDateTime(default);
        return [new("offsite-overdue", AttentionKind.OffsiteCheckOverdue, Urgency.Important, new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime(), Standing: true, Count: late.Count)];
    }

    private static bool IsOverdue(OffsiteStay stay, int? months, DateTimeOffset now, TimeZoneInfo zone) =>
        stay.DueOn(months, zone) < DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    private static AuthorityAnswer MayCheck(Actor by) => Authority.May(by, Act.PlaceOffSite, Part.Does, ActSubject.None);

    private OffsiteLine Line(Statements db, OffsiteStay stay)
    {
        var asset = AssetsView.One(db, stay.Tag);
        var months = policy.Now.OffsiteCheckMonths;
        return new(
            stay,
            asset?.Asset,
            asset?.Effective,
            stay.CheckedBy is { } person ? AuthorityGuard.NamedOrId(db, person).Name : "",
            stay.DueOn(months, record.TimeZone),
            IsOverdue(stay, months, time.GetUtcNow(), record.TimeZone));
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, record.TimeZone).DateTime);

    private DateOnly Today() => DayOf(time.GetUtcNow());
}
