using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Zones;
using RoomGuard.Service.Cabinets;
using RoomGuard.Service.Operators;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.PolicyProfiles;
using RoomGuard.Service.Record;
using RoomGuard.Service.SignIn;

namespace RoomGuard.Service.Zones;

/// <summary>
/// The site as people register it. Each act is looked at (fields, rules of structure, authority), then is one or more entries of the record; bridges learn of
/// zones by the next grant list. Doors are linked to the wires by name: what hangs on which wire is the bridge's own settings.
/// </summary>
public sealed class ZoneDesk(
    ServiceRecord record, SiteBook site, SitePolicy policy, PanelStates states, SetupDesk setup, AuthorityGuard guard, ActTurn turn, TimeProvider time) : IZoneDesk
{
    private const int MostZones = 64;
    private const int MostChanges = 50;
    private const int LongestPost = 40;

    // A decision is entered soon after it is taken, and takes effect within the year.
    private const int DaysBack = 3660;
    private const int DaysAhead = 366;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), record.TimeZone).DateTime);

    /// <inheritdoc/>
    public Task<int> Waiting(Actor by, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Authority.May(by, Act.RegisterZone, Part.Allows, ActSubject.None).Allowed
            ? record.Readers.Ask(db => SiteView.Changes(db, MostChanges).Count(asked => asked.Allowed is null && asked.Person != by.Person), gone)
            : Task.FromResult(0);
    }

    /// <inheritdoc/>
    public Task<SiteLook> Look(CancellationToken gone) => record.Readers.Ask(
        db =>
        {
            var (now, inForce, names) = (site.Now, policy.InForce, SiteView.NamesOf(db));
            var findings = policy.FindingsOf(db, now.Structure, null);
            var (zones, doors) = (SiteView.Zones(db), SiteView.Doors(db));
            return new SiteLook(
                site.ByRecord,
                now.Site.Organisation,
                now.Site.Name,
                names?.Posts ?? [],
                names is not null,
                inForce,
                policy.Shelf.Base,
                policy.IsAdopted,
                policy.IsOfFile,
                [.. ProfilesView.All(db).Select(one => one.Adoption)],
                [.. policy.Shelf.All.GroupBy(one => one.Profile).Select(versions => versions.MaxBy(one => one.Version)!)],
                [.. zones.Select(one => new ZoneLine(one.Zone, one.N, [.. findings.Where(finding => finding.Zone == one.Zone.Id)]))],
                [.. doors.Select(one => LineOf(one))],
                [.. now.PanelIds.Select(panel => Found(db, panel, doors))],
                [.. SiteView.Changes(db, MostChanges).Select(asked => LineOf(db, asked, zones, doors))],
                [.. SiteView.CheckedBy(db).Select(person => AuthorityGuard.NamedOrId(db, person))])
            {
                // What a bridge that is silent told last may be so no longer.
                Cabinets =
                [
                    .. CabinetsView.All(db).Select(one => states.Fresh(one.Panel)
                        ? new CabinetLine(one.Cabinet, one.Panel, one.Open, one.Since, one.Work?.Value, one.LeftOpen)
                        : new CabinetLine(one.Cabinet, one.Panel, null, null, null, LeftOpen: false)),
                ],
            };
        },
        gone);

    /// <inheritdoc/>
    public Task<ActResult> Name(SiteNameForm form, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        ImmutableArray<FieldProblem> problems =
        [
            .. FieldRules.Text("organisation", form.Organisation), .. FieldRules.Text("siteName", form.Name),
            .. form.Posts.SelectMany(post => FieldRules.Text($"post{post.Role}", post.Post, LongestPost)),
        ];
        return turn.ActAsync(
            problems,
            () => AtFirstStart(async () =>
            {
                _ = await record.AppendAsync(
                    new SiteNamed(time.GetUtcNow(), FieldRules.Clean(form.Organisation), FieldRules.Clean(form.Name), [.. form.Posts.Select(post => post with { Post = FieldRules.Clean(post.Post) })], by.Id),
                    stop);
                return ActResult.Done();
            }),
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Adopt(ProfileAdoption adoption, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(adoption);
        ArgumentNullException.ThrowIfNull(by);
        var today = Today;
        ImmutableArray<FieldProblem> problems =
        [
            .. policy.Shelf.Find(adoption.Profile, adoption.Version) is null ? [new("profile", FieldFault.NotAChoice)] : Array.Empty<FieldProblem>(),
            .. adoption.DecidedAs is Role.ChiefOfficer or Role.SecurityCommittee ? Array.Empty<FieldProblem>() : [new("decidedAs", FieldFault.NotAChoice)],
            .. FieldRules.Text("decidedBy", adoption.DecidedBy, LongestPost), .. FieldRules.Text("reference", adoption.Reference, 200),
            .. adoption.DecidedOn > today ? [new("decidedOn", FieldFault.InFuture)] : adoption.DecidedOn < today.AddDays(-DaysBack) ? [new("decidedOn", FieldFault.OutOfRange, $"{Iso(today.AddDays(-DaysBack))} – {Iso(today)}")] : Array.Empty<FieldProblem>(),
            .. adoption.EffectiveOn < today.AddDays(-DaysBack) || adoption.EffectiveOn > today.AddDays(DaysAhead)
                ? [new("effectiveOn", FieldFault.OutOfRange, $"{Iso(today.AddDays(-DaysBack))} – {Iso(today.AddDays(DaysAhead))}")]
                : Array.Empty<FieldProblem>(),
        ];
        return turn.ActAsync(
            problems,
            async () =>
            {
                if (!site.ByRecord || policy.IsOfFile)
                {
                    return ActResult.Refused("", FieldFault.KeptInSettings);
                }

                if (!setup.Needed && await guard.Objection(by, PageAct.ChooseProfile, ActSubject.None, "R-PROF-01", adoption.Profile, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                var cleaned = adoption with { DecidedBy = FieldRules.Clean(adoption.DecidedBy), Reference = FieldRules.Clean(adoption.Reference) };
                if (record.Readers.AskNow(db => ProfilesView.All(db) is [var newest, ..] && newest.Adoption == cleaned, stop))
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                _ = await record.AppendAsync(new ProfileAdopted(time.GetUtcNow(), cleaned, policy.Shelf.Find(adoption.Profile, adoption.Version)!), stop);
                return ActResult.Done();
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Put(SiteChange change, long version, string reason, Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(by);
        var cleaned = Cleaned(change);
        return turn.ActAsync(
            [.. cleaned.Zone is { } zone ? Fields(zone) : Fields(cleaned.Door!)],
            async () =>
            {
                if (!site.ByRecord)
                {
                    return ActResult.Refused("", FieldFault.KeptInSettings);
                }

                var first = setup.Needed;
                if (!first && await Objection(by, cleaned.Place, stop) is { } refusal)
                {
                    return ActResult.NotAllowed(refusal);
                }

                ImmutableArray<FieldProblem> problems =
                [
                    .. !first ? FieldRules.Text("reason", reason, FieldRules.LongestReason) : [],
                    .. record.Readers.AskNow(db => Impossible(db, cleaned, version), stop),
                ];
                if (!problems.IsEmpty)
                {
                    return new(problems);
                }

                return first ? await Register(cleaned, by, [], stop) : await Ask(cleaned, FieldRules.Clean(reason), by, stop);
            },
            stop);
    }

    /// <inheritdoc/>
    public Task<ActResult> Decide(string change, bool allowed, string note, Actor by, CancellationToken stop) => turn.ActAsync(
        [.. FieldRules.Text("note", note, FieldRules.LongestReason, required: !allowed)],
        async () =>
        {
            ArgumentNullException.ThrowIfNull(by);
            if (record.Readers.AskNow(db => SiteView.Change(db, change), stop) is not { } asked)
            {
                return ActResult.Refused("", FieldFault.Unknown);
            }

            if (await guard.Objection(by, Act.RegisterZone, Part.Allows, ActSubject.None, "R-ZONE-01", change, stop) is { } refusal)
            {
                return ActResult.NotAllowed(refusal);
            }

            // Author and approver of a change differ, by person (R-CFG-02); nothing is excepted from that.
            if (SeparationOfDuties.Broken(DutyPair.AuthorAndApprover, asked.Person, by.Person))
            {
                var answer = new AuthorityAnswer(AuthorityRefusal.SamePerson, null, null, AuthorityTable.RolesWith(Act.RegisterZone, Part.Allows));
                return ActResult.NotAllowed((await guard.Objection(by, answer, $"{Act.RegisterZone}/{Part.Allows}", "R-CFG-02", change, stop))!);
            }

            if (asked.Allowed is not null)
            {
                return ActResult.Refused("", FieldFault.ChangedMeanwhile);
            }

            var decided = new SiteChangeDecided(time.GetUtcNow(), change, allowed, FieldRules.Clean(note), by.Id);
            if (!allowed)
            {
                _ = await record.AppendAsync(decided, stop);
                return ActResult.Done(change);
            }

            // Between asking and allowing the site may have changed: the rules are asked again, and what changed in the place itself sends it back to who asked.
            var problems = record.Readers.AskNow(db => Impossible(db, asked.Change, SiteView.VersionOf(db, asked.Change) is var stands && stands < asked.N ? stands : -1), stop);
            return problems.IsEmpty ? await Register(asked.Change, by, [decided], stop) : new(problems);
        },
        stop);

    /// <inheritdoc/>
    public Task<ActResult> Check(Actor by, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(by);
        return turn.ActAsync(
            [],
            () => AtFirstStart(async () =>
            {
                // Zones and doors may follow later; what nobody could decide for the site may not be missing.
                var (named, already) = record.Readers.AskNow(db => (SiteView.NamesOf(db) is not null, SiteView.CheckedBy(db)), stop);
                if (!named || !policy.IsAdopted)
                {
                    return ActResult.Refused("", FieldFault.SetUpIncomplete);
                }

                if (already.Contains(by.Person))
                {
                    return ActResult.Refused("", FieldFault.NothingToChange);
                }

                var now = time.GetUtcNow();
                var able = setup.Able;
                var over = already.Length + 1 >= SetupDesk.Administrations && able >= SetupDesk.Administrations;
                RecordedEvent[] facts = [new SetUpChecked(now, by.Person, by.Id), .. over ? [new SiteSetUp(now, able, by.Id)] : Array.Empty<RecordedEvent>()];
                _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
                if (over)
                {
                    setup.Forget();
                }

                return ActResult.Done();
            }),
            stop);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SiteChange Cleaned(SiteChange change) => change with
    {
        Zone = change.Zone is { } zone ? zone with { Label = FieldRules.Clean(zone.Label), LabelEn = FieldRules.Clean(zone.LabelEn), Exception = Nothing(zone.Exception) } : null,
        Door = change.Door is { } door
            ? door with
            {
                Label = FieldRules.Clean(door.Label),
                LabelEn = FieldRules.Clean(door.LabelEn),
                LeadsOutside = door.LeadsOutside is { } outer
                    ? outer with { Reason = FieldRules.Clean(outer.Reason), Lock = Nothing(outer.Lock), Contact = Nothing(outer.Contact), Alarm = Nothing(outer.Alarm), ApprovedBy = Nothing(outer.ApprovedBy) }
                    : null,
            }
            : null,
    };

    private static string? Nothing(string? text) => FieldRules.Clean(text) is { Length: > 0 } said ? said : null;

    private static IEnumerable<FieldProblem> Fields(ZoneRegistration zone)
    {
        IEnumerable<FieldProblem>[] all =
        [
            FieldRules.Id("id", zone.Id.Value), FieldRules.Text("label", zone.Label), FieldRules.Text("labelEn", zone.LabelEn), FieldRules.Text("exception", zone.Exception, LongestPost, required: false),
            (zone.RequiredFactors is 1 or 2) ? [] : [new("requiredFactors", FieldFault.NotAChoice)],
            zone.Methods.IsDefaultOrEmpty ? [new("methods", FieldFault.Required)] : zone.Methods.Distinct().Count() < zone.RequiredFactors ? [new("methods", FieldFault.TooFewMethods)] : [],
            (zone.Floor is 0 or < -9 or > 99) ? [new("floor", FieldFault.NotAChoice)] : [],
        ];
        return all.SelectMany(one => one);
    }

    private static IEnumerable<FieldProblem> Fields(DoorRegistration door)
    {
        IEnumerable<FieldProblem>[] all =
        [
            FieldRules.Id("id", door.Id.Value), FieldRules.Text("label", door.Label), FieldRules.Text("labelEn", door.LabelEn),
            door.LeadsOutside is { } outer
                ?
                [
                    .. FieldRules.Text("outerReason", outer.Reason, 200), .. FieldRules.Text("lock", outer.Lock, LongestPost, required: false), .. FieldRules.Text("contact", outer.Contact, LongestPost, required: false),
                    .. FieldRules.Text("alarm", outer.Alarm, LongestPost, required: false), .. FieldRules.Text("approvedBy", outer.ApprovedBy, 200, required: false),
                ]
                : [],
        ];
        return all.SelectMany(one => one);
    }

    private Task<ActResult> AtFirstStart(Func<Task<ActResult>> act) =>
        !site.ByRecord ? Task.FromResult(ActResult.Refused("", FieldFault.KeptInSettings))
        : setup.Needed ? act()
        : Task.FromResult(ActResult.Refused("", FieldFault.ChangedMeanwhile));

    // SYS asks, OPS works on SYS's instruction: either brings a change in.
    private async Task<Refusal?> Objection(Actor by, string about, CancellationToken stop) =>
        Authority.May(by, Act.RegisterZone, Part.Asks, ActSubject.None).Allowed ? null : await guard.Objection(by, Act.RegisterZone, Part.Does, ActSubject.None, "R-CFG-01", about, stop);

    // What cannot be, whoever wants it: an old form, a name that is taken, wires that say otherwise, a rule of structure.
    private ImmutableArray<FieldProblem> Impossible(Statements db, SiteChange change, long version)
    {
        var stands = SiteView.VersionOf(db, change);
        if (stands != version)
        {
            return [stands > 0 && version == 0 ? new("id", FieldFault.AlreadyExists) : new("", FieldFault.ChangedMeanwhile)];
        }

        var now = site.Now;
        if (change.Removed)
        {
            return stands == 0 ? [new("id", FieldFault.Unknown)]
                : change.Zone is { } zone && (now.Doors.Any(door => door.Zone == zone.Id.Value) || now.Zones.Any(one => one.Parent == zone.Id.Value)) ? [new("", FieldFault.StillUsed)]
                : [];
        }

        if (SiteView.Stands(db, change))
        {
            return [new("", FieldFault.NothingToChange)];
        }

        return change.Zone is not null
            ? [.. stands == 0 && now.Zones.Length >= MostZones ? [new("", FieldFault.OutOfRange, Number(MostZones))] : Broken(db, change)]
            : [.. Wires(change.Door!, now, stands == 0), .. Broken(db, change)];
    }

    private IEnumerable<FieldProblem> Wires(DoorRegistration door, ServiceSettings now, bool isNew)
    {
        if (isNew && now.Doors.Length >= ServiceSettings.MostDoors)
        {
            yield return new("", FieldFault.OutOfRange, Number(ServiceSettings.MostDoors));
        }

        if (now.Zones.All(zone => zone.Id != door.Zone.Value))
        {
            yield return new("zone", FieldFault.Unknown, door.Zone.Value);
        }

        if (!now.Panels.Contains(door.Panel))
        {
            yield return new("panel", FieldFault.NotAChoice);
        }
        else if (now.Doors.FirstOrDefault(other => other.Zone == door.Zone.Value && other.Id != door.Id.Value && other.Panel != door.Panel) is { } elsewhere)
        {
            yield return new("panel", FieldFault.OtherBridge, elsewhere.Panel);
        }

        // A bridge decides by the zone its own settings give the door: registered in another, the record would say what is not so.
        if (WiredAt(door) is { } wired && wired.Zone != door.Zone)
        {
            yield return new("zone", FieldFault.WiredElsewhere, wired.Zone.Value);
        }
    }

    private IEnumerable<FieldProblem> Broken(Statements db, SiteChange change)
    {
        var before = policy.FindingsOf(db, site.Now.Structure, null).Where(ZoneStructureRules.Refuses).ToHashSet();
        var concerned = change.Zone?.Id ?? change.Door!.Zone;
        foreach (var finding in policy.FindingsOf(db, SiteBook.With(site.Now, change).Structure, change.Zone).Where(ZoneStructureRules.Refuses))
        {
            // What is wrong elsewhere and was so before is no reason to refuse this; what is wrong here is, and what this would make wrong.
            var here = change.Zone is not null ? finding.Zone == concerned && IsOfZone(finding.Fault) : finding.Place == change.Door!.Id.Value;
            if (here || !before.Contains(finding))
            {
                yield return ProblemOf(finding, change);
            }
        }
    }

    private static bool IsOfZone(ZoneFault fault) => fault is ZoneFault.NoKind or ZoneFault.GroundFloor or ZoneFault.SegmentNotInProfile or ZoneFault.TooFewFactors or ZoneFault.WrongParent;

    private FieldProblem ProblemOf(ZoneFinding finding, SiteChange change) => finding.Fault switch
    {
        ZoneFault.GroundFloor => new("floor", FieldFault.LowFloor),
        ZoneFault.SegmentNotInProfile => new("segment", FieldFault.SegmentUnknown),
        ZoneFault.TooFewFactors => new("requiredFactors", FieldFault.FactorsTooFew, Number(policy.Now.MyNumberDoorFactors?.Value ?? 1)),
        ZoneFault.WrongParent => new(change.Zone is null ? "panel" : "parent", FieldFault.OuterZoneWrong, finding.Place),
        ZoneFault.TooManyOuterDoors => new(change.Door is null ? "" : "approvedBy", FieldFault.OuterDoorsBeyond, Number(policy.Now.OuterDoorLimit)),
        ZoneFault.OuterDoorWithoutReason => new("outerReason", FieldFault.Required),
        _ => new("kind", FieldFault.Required),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task<ActResult> Ask(SiteChange change, string reason, Actor by, CancellationToken stop)
    {
        var id = record.Readers.AskNow(db => string.Create(CultureInfo.InvariantCulture, $"SC-{SiteView.CountOfChanges(db) + 1:0000}"), stop);
        _ = await record.AppendAsync(new SiteChangeAsked(time.GetUtcNow(), id, change.Zone, change.Door, change.Removed, reason, by.Person, by.Id), stop);
        return ActResult.Done(id);
    }

    private async Task<ActResult> Register(SiteChange change, Actor by, ImmutableArray<RecordedEvent> before, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        RecordedEvent[] facts =
        [
            .. before,
            change.Zone is { } zone ? new ZoneRegistered(now, zone, change.Removed, by.Id) : new DoorRegistered(now, change.Door!, change.Removed, by.Id),
            .. change.Zone is { } own && setup.Needed ? Answering(own, change.Removed, by, now, stop) : [],
        ];
        _ = await record.AppendAsync([.. facts.Select(Draft.Of)], null, stop);
        return ActResult.Done(change.Place);
    }

    // R-ZONE-07: at the first start the one system manager answers for every zone; later that is a matter of roles.
    private ImmutableArray<RecordedEvent> Answering(ZoneRegistration zone, bool removed, Actor by, DateTimeOffset now, CancellationToken stop) =>
    [
        .. record.Readers.AskNow(db => OperatorsView.HoldersOf(db, Role.SystemManager, Today), stop)
            .Where(held => held.Zones.Contains(zone.Id) == removed)
            .Select(held => new RoleHeld(now, held with { Zones = removed ? held.Zones.Remove(zone.Id) : held.Zones.Add(zone.Id) }, "first set-up", by.Id)),
    ];

    private DoorWired? WiredAt(DoorRegistration door) =>
        states.Of(new(door.Panel))?.State?.Wired is { IsDefaultOrEmpty: false } wired ? wired.FirstOrDefault(one => one.Door == door.Id) : null;

    private DoorLine LineOf(DoorEntry entry)
    {
        var wired = WiredAt(entry.Door);
        var link = states.Of(new(entry.Door.Panel))?.State?.Wired is null ? DoorLink.Unknown
            : wired is null ? DoorLink.NotAtBridge
            : wired.Zone != entry.Door.Zone ? DoorLink.OtherZone
            : wired.Readers.IsDefaultOrEmpty ? DoorLink.NoReader
            : DoorLink.Linked;
        return new(entry.Door, entry.N, link, wired);
    }

    private PanelFound Found(Statements db, PanelId panel, ImmutableArray<DoorEntry> doors)
    {
        var heard = states.Of(panel);
        var wired = heard?.State?.Wired ?? [];
        var readers = heard?.State?.Readers ?? [];
        return new(
            panel,
            db.Value("SELECT fingerprint FROM view_panels WHERE panel = $1", panel.Value) is string,
            heard?.At,
            [.. wired.Where(door => doors.All(known => known.Door.Id != door.Door || known.Door.Panel != panel.Value))],
            wired.Length,
            (readers.Count(reader => reader.Condition is ReaderCondition.Online), readers.Length));
    }

    private static SiteChangeLine LineOf(Statements db, AskedChange asked, ImmutableArray<ZoneEntry> zones, ImmutableArray<DoorEntry> doors) => new(
        asked.Change,
        asked.At,
        AuthorityGuard.NamedOrId(db, asked.Person),
        asked.Reason,
        asked.Allowed,
        asked.Note,
        asked.Change.Zone is { } zone
            ? SiteDifferences.Of(asked.Allowed is null ? zones.FirstOrDefault(one => one.Zone.Id == zone.Id)?.Zone : null, asked.Change.Removed ? null : zone)
            : SiteDifferences.Of(asked.Allowed is null ? doors.FirstOrDefault(one => one.Door.Id == asked.Change.Door!.Id)?.Door : null, asked.Change.Removed ? null : asked.Change.Door));
}
