using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Record;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Contractors;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Contractors;
using RoomGuard.Service.Equipment;
using RoomGuard.Service.Record;
using RoomGuard.Service.Work;
using Xunit;
using Act = RoomGuard.Core.Operators.Act;

namespace RoomGuard.SystemTests.Operators.States;

/// <summary>The kinds of equipment, carrying, work and contractors, each as a table of its states and acts.</summary>
/// <remarks>
/// Who does what rightly: 綾 (OPS) applies and works, 都城 (SYS of SRV-1) allows, 佐土原 (staff) witnesses, 五ヶ瀬 (contractor) and 三股 carry, 小林 (SEC of 情報政策課) permits
/// what leaves and is disposed of, 日向 (SUP) what comes in, 高千穂 is CHIEF, 国富 (SYS of another zone) checks what others did, 田野 is the reception.
/// </remarks>
public sealed class EquipmentWalks(WalkedOffice office)
{
    private const string Zone = "SRV-1";
    private static readonly ImmutableArray<string> ManagersHere = StateWalker.BothAccounts;
    private static int made;

    /// <summary>Names of all kinds.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "move", "move Out", "move Internal", "carry-out", "carry-in", .. Enum.GetValues<WorkKind>().Select(kind => $"work {kind}"), .. Enum.GetValues<DisposalKind>().Select(kind => $"disposal {kind}"), "stocktake", "offsite",
        "import", "contract", "contract report", "entrusted", .. RegisterWalks.Names, .. CaseWalksOfEquipment.Select(Named),

        // Each pair of section (c) that these kinds have, with one person who tries to be both by two accounts.
        // Of a repair staff verify what managers erased, so that its own walk has pair 8 already.
        "move pair 3", "move Out pair 3", "move Internal pair 3", .. Enum.GetValues<WorkKind>().Select(kind => $"work {kind} pair 2"), .. Enum.GetValues<DisposalKind>().Select(kind => $"disposal {kind} pair 1"),
        .. Enum.GetValues<DisposalKind>().Where(kind => kind is not DisposalKind.Repair).Select(kind => $"disposal {kind} pair 8"), "stocktake pair 5", .. CaseWalksOfEquipment.Where(walk => BesidesOf(walk) is not null).Select(walk => $"{Named(walk)} pair 1"),
    ];

    /// <summary>Acts of this part that stand on no record, each with why: who may is walked for every route as a page.</summary>
    public static ImmutableDictionary<string, string> Unwalked { get; } = new Dictionary<string, string>
    {
        // Tried by everybody in A_list_is_brought_and_written_out_by_those_who_may_and_by_nobody_else.
        ["POST /equipment/import"] = "brings a file, which then waits: the walk begins with it, and it changes no item",
        ["POST /equipment/import/runs/{id}/stop"] = "stops what one began oneself and waits for: it writes nothing",
        ["POST /equipment/export"] = "writes a list out, whatever state its items are in: it changes nothing",
        ["POST /equipment/export/runs/{id}/stop"] = "stops what one began oneself and waits for: it writes nothing",
    }.ToImmutableDictionary();

    /// <summary>The applications of this part, as the walk of all applications has them.</summary>
    private static IEnumerable<CaseWalk> CaseWalksOfEquipment => CaseWalk.All.Where(walk => walk.Kind is CaseKind.CarryOut or CaseKind.CarryIn or CaseKind.Work or CaseKind.EquipmentMove)
        .Append(new(CaseKind.EquipmentMove, "move", Act.PlaceOffSite, "aya", _ => [], [Role.SystemManager], OfZone: true));

    /// <summary>A kind by its name.</summary>
    public StateWalk Of(string name) => name switch
    {
        "move" => Move("S-0230 K-0012"),
        "move pair 3" => Move("S-0115 K-0012"),
        _ when name.Split(' ') is ["move", var way] => Move("S-0230 K-0012", Enum.Parse<MoveDirection>(way)),
        _ when name.Split(' ') is ["move", var way, "pair", "3"] => Move("S-0115 K-0012", Enum.Parse<MoveDirection>(way)),
        "stocktake pair 5" => Stocktake("miyakonojo"),
        "import" => Import(),
        "carry-out" => Carry(CarryDirection.Out),
        "carry-in" => Carry(CarryDirection.In),
        "stocktake" => Stocktake(),
        "offsite" => Offsite(),
        "contract" => Contract(),
        "contract report" => Report(),
        "entrusted" => Entrusted(),
        _ when RegisterWalks.Names.Contains(name) => new RegisterWalks(office, this).Of(name),
        _ when name.Split(' ') is ["work", var kind, "pair", "2"] => Work(Enum.Parse<WorkKind>(kind), "S-0115"),
        _ when name.Split(' ') is ["disposal", var kind, "pair", "8"] => Disposal(Enum.Parse<DisposalKind>(kind), Role.SystemStaff),
        _ when name.Split(' ') is ["disposal", nameof(DisposalKind.Repair), "pair", "1"] => Disposal(DisposalKind.Repair, Role.SystemStaff, asksItself: true),
        _ when name.Split(' ') is ["disposal", var kind, "pair", "1"] => Disposal(Enum.Parse<DisposalKind>(kind), Role.SecurityManager, asksItself: true),
        _ when name.Split(' ') is ["work", var kind] => Work(Enum.Parse<WorkKind>(kind)),
        _ when name.Split(' ') is ["disposal", var kind] => Disposal(Enum.Parse<DisposalKind>(kind)),
        _ when name.EndsWith(" pair 1", StringComparison.Ordinal) => CaseWalksOfEquipment.Single(walk => $"{Named(walk)} pair 1" == name) is var walk ? Case(walk with { Applicant = "miyakonojo" }, BesidesOf(walk)) : throw new InvalidOperationException(name),
        _ => Case(CaseWalksOfEquipment.Single(walk => Named(walk) == name)),
    };

    private static string Named(CaseWalk walk) => $"case {walk.Kind} {walk.Act}";

    // What the person who decides must hold besides, to be the applicant as well; null: nobody can be both.
    private static Role? BesidesOf(CaseWalk walk) => walk.Act switch
    {
        Act.MoveEquipment or Act.ChangeWork or Act.WiringWork or Act.SwapPart or Act.PlaceOffSite => Role.SystemStaff,
        Act.CarryIn => Role.SupervisingOfficer,
        Act.CarryOut => Role.SecurityManager,
        _ => null,
    };

    // What comes in is checked for its effect on what stands there before it begins (R-MOVE-02); what comes to stand anew is confirmed as installed (R-LIFE-10).
    private StateWalk Move(string carriers, MoveDirection way = MoveDirection.In)
    {
        var (comesIn, stands) = (way is MoveDirection.In, way is not MoveDirection.Out);
        (string, string)[] Places(string tag) => way switch
        {
            MoveDirection.In => [("carriers", carriers)],
            MoveDirection.Out => [.. Leaving(tag, nameof(MovePurpose.Relocation), offPremises: false).Where(field => field.Item1 != "carriers"), ("carriers", carriers)],
            _ => [("direction", $"{way}"), ("purpose", nameof(MovePurpose.Relocation)), ("items", $"{tag}, R05"), ("fromZone", Zone), ("fromOutside", ""), ("carriers", carriers)],
        };
        async Task<Walked> Begin()
        {
            var tag = await Asset("MW", comesIn ? [] : [("zone", Zone), ("rack", "R01")]);
            return await Moved(tag, Places(tag));
        }

        var both = carriers.Contains("S-0115", StringComparison.Ordinal);
        bool Carries(string account) => both && ManagersHere.Contains(account);
        return new(
        "move", ["/moves/"], typeof(MoveState), [],
        Begin,
        nameof(MoveState.Approved),
        one => Ask(db => MovesView.One(db, new(one.Id)))! is var move && move.State is MoveState.InProgress && move.AllScanned ? "InProgress/scanned"
            : move is { State: MoveState.Checked, Impact.Result: ImpactResult.Harmful } ? "Checked/harmful"
            : stands && move.State is MoveState.Completed && !move.ToInstall().Any() ? "Completed/installed" : $"{move.State}",
        one => $"{Ask(db => MovesView.One(db, new(one.Id)))!.Version}",
        fact => MoveDossier.MoveOf(fact)?.Value,
        one => $"/moves/{one.Id}",
        [
            new("impact", "POST /moves/{id}/impact", _ => [("result", "None"), ("note", "")]),
            new("start", "POST /moves/{id}/start", _ => [], Pair: (account, state) => Carries(account) && (state == "Checked" || (state == "Approved" && !comesIn))),
            new("resume", "POST /moves/{id}/resume", _ => [], Pair: (account, state) => Carries(account) && state == "Interrupted"),
            new("scan", "POST /moves/{id}/scan", one => [("tag", one.Subject)], Spoilt: _ => [("tag", "NO-SUCH")]),
            new("complete", "POST /moves/{id}/complete", _ => []),
            new("cancel", "POST /moves/{id}/cancel", _ => [("reason", "納入の延期")]),
            new("install", "POST /moves/{id}/install", one => [("tag", one.Subject), ("fixed", "1"), .. Enum.GetValues<Surrounding>().Select(factor => ("confirmed", $"{factor}"))]),
        ],
        [
            new("Approved", "impact", "gokase", "Checked", World: So(_ => both ? Enters("S-0115") : Task.CompletedTask)),
            new("Approved", "cancel", "miyakonojo", "Cancelled"),
            new("Checked", "start", "sadowara", "InProgress", World: So(_ => Enters("S-0217"))),
            new("Checked", "impact", "aya", "Checked"),
            new("Checked", "cancel", "miyakonojo", "Cancelled"),
            new("Checked", "impact", "gokase", "Checked/harmful", Fields: _ => [("result", nameof(ImpactResult.Harmful)), ("note", "電源が足りない")]),
            new("Checked/harmful", "impact", "gokase", "Checked"),
            new("Checked/harmful", "cancel", "miyakonojo", "Cancelled"),
            .. comesIn ? [] : new WalkEdge[] { new("Approved", "start", "sadowara", "InProgress", World: So(_ => Enters("S-0217"))) },
            new("InProgress", "scan", "gokase", "InProgress/scanned"),
            new("InProgress", "", "", "Interrupted", World: So(async one =>
            {
                await Leaves("S-0217");

                // Told by the watch, or to whoever acts first.
                using var _ = await office.SendAsync("sadowara", $"/moves/{one.Id}/complete", [("v", "0")]);
                using var told = await office.SendAsync("sadowara", $"/moves/{one.Id}/scan", [("tag", one.Subject)]);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
            })),
            new("InProgress", "cancel", "miyakonojo", "Cancelled"),
            new("Interrupted", "resume", "sadowara", "InProgress", World: So(_ => Enters("S-0217"))),
            new("Interrupted", "cancel", "miyakonojo", "Cancelled"),
            new("InProgress/scanned", "complete", "sadowara", "Completed"),
            new("InProgress/scanned", "cancel", "miyakonojo", "Cancelled"),
            .. stands ? new WalkEdge[] { new("Completed", "install", "miyakonojo", "Completed/installed") } : [],
        ]);
    }

    private StateWalk Carry(CarryDirection way)
    {
        var goesOut = way is CarryDirection.Out;
        var (away, back) = goesOut ? (nameof(CarryStatus.Out), nameof(CarryStatus.AwaitsCheck)) : (nameof(CarryStatus.Inside), nameof(CarryStatus.Returned));
        (string, string)[] Passing(string direction) => [("way", direction), ("items", "1"), ($"carrier-{direction}", "S-0134"), ($"note-{direction}", "")];
        return new(
            goesOut ? "carry-out" : "carry-in", ["/carry/{id}", "/reception/carry/{id}"], typeof(CarryStatus), goesOut ? [nameof(CarryStatus.Inside)] : [nameof(CarryStatus.Out), nameof(CarryStatus.AwaitsCheck)],
            async () => new Walked(await Allowed("aya", goesOut ? "carry-out" : "carry-in", Thing(goesOut), goesOut ? "kobayashi" : "hinata"), ""),
            nameof(CarryStatus.Permitted),
            one => $"{Ask(db => CarryView.Dossier(db, new(one.Id)))!.StatusAt(WalkedOffice.Now)}",
            one => $"{Ask(db => CarryView.Dossier(db, new(one.Id)))!.Version}",
            fact => CarryDossier.PermitOf(fact)?.Value,
            one => $"/carry/{one.Id}",
            [
                new("check", "POST /carry/{id}/check", _ => [("item", "1"), ("result1", "Clean"), ("patched1", "1"), ("erased1", "yes"), ("note1", "")]),
                new("revoke", "POST /carry/{id}/revoke", _ => [("reason", "予定の中止")], (account, _) => account == (goesOut ? "kobayashi" : "hinata")),
                new("pass", "POST /reception/carry/{id}/pass", _ => Passing("out"), AtDesk),
                new("back", "POST /reception/carry/{id}/pass", _ => Passing("back"), AtDesk),
            ],
            [
                new("Permitted", "pass", "tano", away),
                new("Permitted", "revoke", goesOut ? "kobayashi" : "hinata", "Revoked"),
                new(away, "back", "tano", back),
                .. goesOut
                    ? new WalkEdge[]
                    {
                        new("AwaitsCheck", "check", "aya", "Returned"),
                        new("AwaitsCheck", "check", "aya", "AwaitsCheck", Fields: _ => [("item", "1"), ("result1", "Found"), ("patched1", "1"), ("erased1", "yes"), ("note1", "検出あり")]),
                    }
                    : [],

                // The clock is nobody's to turn: a permit of a week ago, as the record would have it.
                new("Permitted", "", "", "Unused", World: one => PermittedWeekAgo(one, way, passed: false)),
                new(away, "", "", "Overdue", World: one => PermittedWeekAgo(one, way, passed: true)),
                new("Overdue", "back", "tano", back),
            ]);
    }

    private StateWalk Work(WorkKind kind, string performer = "S-0134")
    {
        var (swap, paired) = (kind is WorkKind.PartSwap, performer == "S-0115");

        // Where nobody is named to check it, who answers for the zone does; two of the kinds are walked that way.
        var alone = !paired && kind is (WorkKind.Cabling or WorkKind.Inspection);
        var worker = paired ? "miyakonojo.admin" : "aya";
        string[] hands = [.. paired ? Array.Empty<string>() : ["aya"], .. alone ? Array.Empty<string>() : ["kunitomi"], .. ManagersHere];
        bool Works(string account, string state) => hands.Contains(account);
        bool Checks(string account, string state) => alone ? ManagersHere.Contains(account) : account == "kunitomi";
        (string, string)[] Ending(string result) => [("result", result), ("impact", "None"), ("beforeVersion", "1.4.2"), ("afterVersion", "1.4.3"), ("note", "手順どおり")];
        return new(
            $"work {kind}", ["/works/"], typeof(WorkStatus), [],
            async () =>
            {
                var item = swap ? await Asset("WW", ("zone", Zone), ("rack", "R01")) : "AS-00380";
                await Enters(performer);
                await Enters("S-0146");
                return new(await Allowed("aya", "work", [.. CaseWalk.Work(performer, checkers: alone ? "" : "S-0146", kind: $"{kind}").Where(field => field.Item1 != "targets"), ("targets", item)], swap ? ["miyakonojo", "hinata"] : ["miyakonojo"]), item);
            },
            nameof(WorkStatus.Planned),
            one => Ask(db => WorkView.Dossier(db, new(one.Id)))! is var work && work.StatusAt(WalkedOffice.Now) is var status && status is WorkStatus.Open && work.Parts.Length > 0 ? "Open/swapped" : $"{status}",
            one => $"{Ask(db => WorkView.Dossier(db, new(one.Id)))!.Version}",
            fact => WorkDossier.WorkOf(fact)?.Value,
            one => $"/works/{one.Id}",
            [
                new("start", "POST /works/{id}/start", _ => [], Works),
                new("part", "POST /works/{id}/part", one => [("item", one.Subject), ("partOut", $"SSD-{one.Subject}"), ("partIn", $"SSD-{one.Subject}-B"), ("whatIn", "SSD"), ("storageIn", "yes")], Works),
                new("end", "POST /works/{id}/end", _ => Ending("Done"), Works),
                new("check", "POST /works/{id}/check", _ => [("checkNote", "版を確認")], Checks, Pair: (account, state) => paired && ManagersHere.Contains(account) && state == "Ended"),
                new("note", "POST /works/{id}/notes", _ => [("side", "Before"), ("noteText", "ランプは緑")], (account, state) => Works(account, state) || Checks(account, state)),
            ],
            [
                new("Planned", "start", worker, "Open"),
                new("Planned", "note", worker, "Planned"),
                new("Planned", "", "", "NotDone", World: WorkOfLastWeek),
                new("Open", "note", "miyakonojo", "Open"),
                .. swap
                    ? new WalkEdge[] { new("Open", "part", worker, "Open/swapped"), new("Open/swapped", "end", worker, "Ended"), new("Open/swapped", "note", worker, "Open/swapped"), new("Open/swapped", "part", worker, "Open/swapped", Fields: one => [("item", one.Subject), ("partIn", $"SSD-{one.Subject}-C"), ("whatIn", "SSD"), ("storageIn", "yes")]) }
                    : [new("Open", "end", worker, "Ended")],
                new("Ended", "end", worker, "Ended", Fields: _ => Ending("PartlyDone")),
                new("Ended", "note", worker, "Ended"),
                new("Ended", "check", alone ? "miyakonojo" : "kunitomi", "Confirmed"),
            ]);
    }

    private StateWalk Disposal(DisposalKind kind, Role? besides = null, bool asksItself = false)
    {
        var (repair, act) = (kind is DisposalKind.Repair, kind is DisposalKind.Repair ? Act.RepairOutside : Act.Dispose);
        Func<string, string, bool> By(char letter, params string[] never) => (account, _) => !never.Contains(account) && StateWalker.With(besides).Single(one => one.Account == account).Roles.Any(role => role is not Role.Contractor && WalkedOffice.Has(act, role, letter));
        var (checks, asks) = (repair ? "sadowara" : "aya", repair && !asksItself ? "aya" : "miyakonojo");

        // Staff verify what managers erased of what is repaired; system staff what others erased of the rest (pair 8).
        var eraser = repair || besides is Role.SystemStaff ? "miyakonojo" : "sadowara";
        async Task<Walked> Begin()
        {
            var tag = await Asset("DW", ("zone", Zone), ("rack", "R01"));
            using var asked = await office.SendAsync(asks, "/disposals", Asked(tag, "更新"));
            Assert.True(asked.StatusCode == HttpStatusCode.Redirect, await asked.Content.ReadAsStringAsync());
            return new((string)Ask(db => db.Value("SELECT disposal FROM view_disposals WHERE tag = $1", tag))!, tag);
        }

        (string, string)[] Asked(string tag, string reason) => [("kind", $"{kind}"), ("tag", tag), ("firm", "架空リース"), ("reason", reason)];
        bool Erased(string account, string state) => eraser == "miyakonojo" && ManagersHere.Contains(account) && state is "Erased" or "Ready" or "MovedOut" or "Certified";
        DisposalDossier File(Walked one) => Ask(db => DisposalsView.One(db, new(one.Id)))!;
        ImmutableArray<WalkEdge> edges =
        [
            new("Applied", "decide", repair ? "kunitomi" : "kobayashi", "Approved"),
            new("Applied", "decide", repair ? "kunitomi" : "watanabe", "Refused", Fields: _ => [("verdict", "refuse"), ("note", "使い続ける")]),
            new("Applied", "withdraw", asks, "Withdrawn"),
            new("Approved", "erase", eraser, "Erased"),
            new("Approved", "withdraw", asks, "Withdrawn"),
            new("Erased", "erase", eraser, "Erased"),
            new("Erased", "verify", checks, "Ready"),
            new("Erased", "verify", checks, "Approved", Fields: _ => [("verdict", "failed"), ("result", "読めた")]),
            new("Erased", "withdraw", asks, "Withdrawn"),
            .. kind is DisposalKind.Reuse ? [] : new WalkEdge[] { new("Ready", "erase", eraser, "Erased"), new("Ready", "withdraw", asks, "Withdrawn"), new("Ready", "", "", "MovedOut", World: So(one => GoesOut(one.Subject, $"{kind}"))) },
            .. repair ? new WalkEdge[] { new("Approved", "secrecy", "miyakonojo", "Ready/secrecy"), new("Ready/secrecy", "withdraw", asks, "Withdrawn") } : [],
            .. kind is DisposalKind.Disposal or DisposalKind.LeaseReturn ? new WalkEdge[] { new("MovedOut", "certify", "miyakonojo", "Certified") } : [],

            // Asked for once more where nothing is under way and the item is still ours; what is repaired may be repaired elsewhere.
            .. new[] { "Refused", "Withdrawn", kind is DisposalKind.Reuse ? "Ready" : repair ? "MovedOut" : "" }.Where(state => state.Length > 0).Select(state => new WalkEdge(state, "ask", asks, state)),
        ];
        return new(
            $"disposal {kind}", ["/disposals/"], typeof(DisposalState),
            kind is DisposalKind.Reuse ? [nameof(DisposalState.MovedOut), nameof(DisposalState.Certified)] : repair ? [nameof(DisposalState.Certified)] : [],
            Begin,
            nameof(DisposalState.Applied),
            one => File(one) is { State: DisposalState.Ready, ErasedAt: null } ? "Ready/secrecy" : $"{File(one).State}",
            one => $"{File(one).Version}",
            fact => DisposalDossier.DisposalOf(fact)?.Value,
            one => $"/disposals/{one.Id}",
            [
                new("decide", "POST /disposals/{id}/decide", _ => [("verdict", "allow"), ("note", "")], By('A', repair && !asksItself ? [] : [.. ManagersHere]), Pair: (account, state) => asksItself && ManagersHere.Contains(account) && state == "Applied"),
                new("erase", "POST /disposals/{id}/erase", one => [("method", "Destroy"), ("erasedAt", Clock()), ("serials", $"SSD-{one.Subject}"), ("note", "")], By('D')),
                new("verify", "POST /disposals/{id}/verify", _ => [("verdict", "passed"), ("result", "読めない")], By('C'), Pair: Erased),
                new("secrecy", "POST /disposals/{id}/secrecy", _ => [("contract", "K-2026-0002"), ("result", "保管と返却の手順を確認")], By('A')),
                new("withdraw", "POST /disposals/{id}/withdraw", _ => [("why", "使い続ける")], By('Q')),
                new("ask", "POST /disposals", one => Asked(one.Subject, "更新"), By('Q'), Spoilt: one => Asked(one.Subject, "")),
                new("certify", "POST /disposals/{id}/certify", _ => [("certificateNo", "SH-1"), ("receivedOn", WalkedOffice.Day(0))], By('K')),
            ],
            edges,
            Besides: besides);
    }

    private StateWalk Stocktake(string counter = "aya") => new(
        "stocktake", ["/stocktakes/"], typeof(StocktakeState), [],
        async () =>
        {
            using var opened = await office.SendAsync("aya", "/stocktakes/open", [("zone", "MED-1")]);
            if (opened.StatusCode != HttpStatusCode.Redirect)
            {
                // One at a time in a zone: what an earlier way left open is given up.
                var left = Ask(db => StocktakesView.OpenOf(db, new("MED-1")))!.Value;
                using var given = await office.SendAsync("miyakonojo", $"/stocktakes/{left}/cancel", [("v", $"{Ask(db => StocktakesView.One(db, left))!.Version}"), ("reason", "やり直し")]);
                Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
                using var anew = await office.SendAsync("aya", "/stocktakes/open", [("zone", "MED-1")]);
                Assert.Equal(HttpStatusCode.Redirect, anew.StatusCode);
            }

            return new(Ask(db => StocktakesView.OpenOf(db, new("MED-1")))!.Value.Value, $"W{Interlocked.Increment(ref made)}");
        },
        nameof(StocktakeState.Counting),
        one => $"{Ask(db => StocktakesView.One(db, new(one.Id)))!.State}",
        one => $"{Ask(db => StocktakesView.One(db, new(one.Id)))!.Version}",
        fact => StocktakeDossier.StocktakeOf(fact)?.Value,
        one => $"/stocktakes/{one.Id}",
        [
            new("open", "POST /stocktakes/open", _ => [("zone", "MED-1")], Spoilt: _ => [("zone", "NO-SUCH")]),
            new("read", "POST /stocktakes/{id}/reads", one => [("id", $"r{Interlocked.Increment(ref made)}"), ("code", one.Subject)], Spoilt: _ => [("id", "no id at all"), ("code", "X")]),
            new("close", "POST /stocktakes/{id}/close", _ => []),
            new("send-back", "POST /stocktakes/{id}/send-back", _ => [("reason", "数え直し")]),
            new("confirm", "POST /stocktakes/{id}/confirm", _ => [("note", "相違なし")], Pair: (account, state) => ManagersHere.Contains(counter) && ManagersHere.Contains(account) && state == "Counted"),
            new("cancel", "POST /stocktakes/{id}/cancel", _ => [("reason", "取りやめ")]),
        ],
        [
            new("Counting", "read", counter, "Counting"),
            new("Counting", "close", counter, "Counted"),
            new("Counting", "cancel", "kunitomi", "Cancelled"),
            new("Counted", "send-back", "kunitomi", "Counting"),
            new("Counted", "confirm", "kunitomi", "Confirmed"),
            new("Counted", "cancel", "miyakonojo", "Cancelled"),
            new("Confirmed", "open", "aya", "Confirmed"),
            new("Cancelled", "open", "kunitomi", "Cancelled"),
        ]);

    private StateWalk Offsite()
    {
        OffsiteStay? Stay(Walked one) => Ask(db => OffsiteView.One(db, new(one.Id)));
        return new(
            "offsite", ["/offsite/"], typeof(OffsiteWalkState), [],
            async () =>
            {
                var tag = await Asset("OW", ("zone", Zone), ("rack", "R01"));
                await GoesOut(tag, nameof(MovePurpose.Relocation), offPremises: true);
                return new(tag, tag);
            },
            nameof(OffsiteWalkState.Placed),
            one => Stay(one) is not { } stay ? nameof(OffsiteWalkState.Back) : stay.CheckedOn is null ? nameof(OffsiteWalkState.Placed) : nameof(OffsiteWalkState.Checked),
            one => $"{Stay(one)?.Version ?? 0}",
            fact => fact is OffsiteChecked done ? done.Tag.Value : null,
            _ => "/offsite",
            [
                new("check", "POST /offsite/checks", one => [("item", $"{one.Id} {Stay(one)?.Version ?? 0}"), ("checkedOn", WalkedOffice.Day(0)), ("result", "InOrder"), ("note", "施錠を確認")],
                    Spoilt: one => [("item", $"{one.Id} 99"), ("checkedOn", WalkedOffice.Day(0)), ("result", "InOrder"), ("note", "施錠を確認")]),
            ],
            [
                new("Placed", "check", "aya", "Checked"),
                new("Checked", "check", "aya", "Checked"),
                new("Checked", "", "", "Back", World: So(one => ComesIn(one.Subject))),
            ]);
    }

    // A list waits in memory until another applies it (R-INP-03).
    private StateWalk Import()
    {
        string NameOf(Walked one) => Ask(db => AssetsView.One(db, new(one.Subject)))!.Asset.Name;
        return new(
            "import", ["/equipment/import"], typeof(ImportWalkState), [],
            async () =>
            {
                var tag = await Asset("IW");
                var csv = await office["miyakonojo"].Http.GetStringAsync(new Uri($"/equipment.csv?q={tag}", UriKind.Relative));
                using var form = new MultipartFormDataContent
                {
                    { new StringContent(await office["miyakonojo"].TokenAsync()), "__RequestVerificationToken" },
                    { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(csv.Replace("業務サーバ", "新しい業務サーバ", StringComparison.Ordinal))), "file", "台帳.csv" },
                };
                using var answer = await office["miyakonojo"].Http.PostAsync(new Uri("/equipment/import", UriKind.Relative), form);
                var page = await answer.Content.ReadAsStringAsync();
                return new(System.Text.RegularExpressions.Regex.Match(page, "/equipment/import/([0-9a-f]{32})").Groups[1].Value is { Length: > 0 } token ? token : throw new InvalidOperationException(page), tag);
            },
            nameof(ImportWalkState.Waiting),
            one => NameOf(one) == "業務サーバ" ? nameof(ImportWalkState.Waiting) : nameof(ImportWalkState.Applied),
            NameOf,
            fact => fact is AssetRecorded item && item.Asset.Tag.Value.StartsWith("IW-", StringComparison.Ordinal) ? "" : null,
            one => $"/equipment/import/{one.Id}",
            [
                new("apply", "POST /equipment/import/apply", one => [("token", one.Id)], Spoilt: _ => [("token", "00")], Pair: (account, state) => ManagersHere.Contains(account) && state == "Waiting"),
            ],
            [new("Waiting", "apply", "aya", "Applied")],
            Unwalked);
    }

    /// <summary>Gives the person with two accounts the role a walk asks for, until it is over.</summary>
    public async Task<IAsyncDisposable> Besides(StateWalk walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        var held = new MoreRole(office, walk.Besides, $"H-{8000 + Interlocked.Increment(ref made)}");
        await held.BeginAsync();
        return held;
    }

    private sealed class MoreRole(WalkedOffice office, Role? role, string holding) : IAsyncDisposable
    {
        public async Task BeginAsync()
        {
            if (role is { } besides)
            {
                var day = DateOnly.FromDateTime(WalkedOffice.Now.UtcDateTime).AddDays(-1);
                _ = await office.Record.AppendAsync(new RoleHeld(WalkedOffice.Now, new(holding, new("S-0115"), besides, besides is Role.SecurityManager ? "情報政策課" : "", [], day, null, null), "応援", "test"), CancellationToken.None);
                await office.SignInAnew([.. ManagersHere]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (role is { } besides)
            {
                _ = await office.Record.AppendAsync(new RoleEnded(WalkedOffice.Now, holding, new("S-0115"), besides, "応援の終わり", "test"), CancellationToken.None);
                await office.SignInAnew([.. ManagersHere]);
            }
        }
    }

    private StateWalk Contract()
    {
        Contract Kept(Walked one) => Ask(db => ContractsView.One(db, new(one.Id)))!;
        return new(
            "contract", ["/contracts/{id}"], typeof(ContractStanding), [],
            () => Contracted(1),
            nameof(ContractStanding.Coming),
            one => Kept(one) is var contract && Today >= contract.Until ? nameof(ContractStanding.Over) : Today < contract.From ? nameof(ContractStanding.Coming) : nameof(ContractStanding.Running),
            one => $"{Kept(one).From} {Kept(one).Until}",
            fact => fact switch { ContractRecorded e => e.Contract.Id.Value, ContractEnded e => e.Contract.Value, ContractorChecked e => e.Contract.Value, EntrustedHanded e => e.Entrusted.Contract.Value, EntrustedSettled e => e.Contract.Value, ContractorCheckReceived e => e.Contract.Value, _ => null },
            one => $"/contracts/{one.Id}",
            [
                new("new", "POST /contracts/new", _ => Terms($"架空保守{Interlocked.Increment(ref made)}株式会社", 0), Spoilt: one => [.. Terms(one.Subject, 0).Where(field => field.Item1 != "places")]),
                new("change", "POST /contracts/{id}/change", one => Terms(one.Subject, 0), Spoilt: one => [.. Terms(one.Subject, 0).Where(field => field.Item1 != "places")]),
                new("brief", "POST /contracts/{id}/brief", one => [("firm", one.Subject), ("on", WalkedOffice.Day(0))], Spoilt: _ => [("firm", "ほかの会社"), ("on", WalkedOffice.Day(0))]),
                new("check", "POST /contracts/{id}/check", _ => [("checkedOn", WalkedOffice.Day(0)), ("finding", "Fit"), ("result", "問題なし")], Spoilt: _ => [("checkedOn", WalkedOffice.Day(1)), ("finding", "Fit"), ("result", "問題なし")]),
                new("entrust", "POST /contracts/{id}/entrust", one => [("entrustedKind", "Document"), ("label", "構成図"), ("entrustedFirm", one.Subject), ("handedOn", WalkedOffice.Day(0))], Spoilt: _ => [("entrustedKind", "Document"), ("label", "構成図"), ("entrustedFirm", "ほかの会社"), ("handedOn", WalkedOffice.Day(0))]),
                new("end", "POST /contracts/{id}/end", _ => [("endsOn", WalkedOffice.Day(0)), ("reason", "解除")], Spoilt: _ => [("endsOn", WalkedOffice.Day(-1)), ("reason", "解除")]),
                new("settle", "POST /contracts/{id}/settle", _ => [("no", "99"), ("settlement", "Returned"), ("settledOn", WalkedOffice.Day(0)), ("proof", "")]),
                new("receive", "POST /contracts/{id}/checks/{n:long:min(0)}/receive", _ => []),
            ],
            [
                .. new[] { "Coming", "Running", "Over" }.SelectMany(state => new[] { "new", "brief", "check", "entrust" }.Select(step => new WalkEdge(state, step, "kobayashi", state))),
                new("Coming", "change", "kobayashi", "Running"),
                new("Running", "change", "kobayashi", "Running"),
                new("Coming", "end", "kobayashi", "Over"),
                new("Running", "end", "kobayashi", "Over"),
            ]);
    }

    private StateWalk Report()
    {
        ContractCheck? Last(Walked one) => Ask(db => ContractsView.Checks(db, new(one.Id))) is [var last, ..] ? last : null;
        return new(
            "contract report", ["/contracts/{id}/checks/"], typeof(ReportWalkState), [],
            async () =>
            {
                var one = await Contracted(0);
                using var done = await office.SendAsync("kobayashi", $"/contracts/{one.Id}/check", [("checkedOn", WalkedOffice.Day(0)), ("finding", "Fit"), ("result", "問題なし")]);
                Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
                return one with { Subject = $"{Last(one)!.N}" };
            },
            nameof(ReportWalkState.Told),
            one => Last(one)!.ReceivedBy.IsEmpty ? nameof(ReportWalkState.Told) : nameof(ReportWalkState.Received),
            one => $"{Last(one)!.ReceivedBy.Length}",
            fact => fact is ContractorCheckReceived e ? e.Contract.Value : null,
            one => $"/contracts/{one.Id}",
            [new("receive", "POST /contracts/{id}/checks/{n:long:min(0)}/receive", one => [("n", one.Subject)], (account, _) => account == "hinata", Spoilt: _ => [("n", "0")])],
            [new("Told", "receive", "hinata", "Received")]);
    }

    private StateWalk Entrusted()
    {
        EntrustedFile Kept(Walked one) => Ask(db => ContractsView.Entrusted(db, new(one.Id))).Single();
        (string, string)[] Settling(string no) => [("no", no), ("settlement", "Returned"), ("settledOn", WalkedOffice.Day(0)), ("proof", "")];
        return new(
            "entrusted", ["/contracts/{id}/settle"], typeof(EntrustedWalkState), [],
            async () =>
            {
                var one = await Contracted(0);
                using var done = await office.SendAsync("kobayashi", $"/contracts/{one.Id}/entrust", [("entrustedKind", "Document"), ("label", "構成図"), ("entrustedFirm", one.Subject), ("handedOn", WalkedOffice.Day(0))]);
                Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
                return one;
            },
            nameof(EntrustedWalkState.Held),
            one => Kept(one).End is null ? nameof(EntrustedWalkState.Held) : nameof(EntrustedWalkState.Settled),
            one => $"{Kept(one).End is null}",
            fact => fact is EntrustedSettled e ? e.Contract.Value : null,
            one => $"/contracts/{one.Id}",
            [new("settle", "POST /contracts/{id}/settle", _ => Settling("1"), Spoilt: _ => Settling("99"))],
            [new("Held", "settle", "kobayashi", "Settled")]);
    }

    // Whose word an application waits for is in the document's row; each further word is a part of the state.
    private StateWalk Case(CaseWalk walk, Role? besides = null)
    {
        // Of a part swap the document asks for the word of SYS and then of SUP (R-MOVE-09), of a place off the premises for SYS's and then CHIEF's (R-MOVE-07). What SYS asks for themselves goes one level up.
        var (offsite, second) = (walk.Act is Act.PlaceOffSite, walk.Act switch { Act.PlaceOffSite => "takachiho", Act.SwapPart => besides is null ? "hinata" : "takachiho", _ => "" });
        CaseDossier File(Walked one) => Ask(db => CasesView.Dossier(db, new(one.Id)))!;
        var fields = ImmutableDictionary<string, (string, string)[]>.Empty;
        async Task<Walked> Begin()
        {
            var item = offsite ? await Asset("CW", ("zone", Zone), ("rack", "R01")) : walk.Kind is CaseKind.EquipmentMove ? await Asset("CW") : "";
            var typed = offsite ? Leaving(item, nameof(MovePurpose.Relocation), offPremises: true) : item.Length > 0 ? CaseWalk.Move(item) : walk.Kind is CaseKind.CarryIn ? Thing(goesOut: false) : walk.Fields(0);
            var id = await office.Apply(walk.Applicant, walk.Path, typed);
            fields = fields.Add(id, typed);
            return new(id, item);
        }

        bool InSection(string account) => walk.Kind is not CaseKind.CarryOut || account == "kobayashi";

        bool Both(string account, string state) => besides is not null && ManagersHere.Contains(account) && state.StartsWith("Waiting", StringComparison.Ordinal);
        bool Decides(string account, string state) => second.Length > 0 && state is not ("Waiting" or "Waiting/again") ? account == second
            : besides is not null ? account == (walk.Act is Act.CarryIn ? "takachiho" : "hinata")
            : account != walk.Applicant && InSection(account) && (!walk.OfZone || account != "kunitomi") && StateWalker.Everybody.Single(one => one.Account == account).Roles.Intersect(walk.ExpectedDeciders).Any();
        var decider = StateWalker.Everybody.Select(one => one.Account).First(account => Decides(account, "Waiting"));
        IEnumerable<WalkEdge> Ways(string state, string by, string next) =>
            [new(state, "allow", by, next), new(state, "allow-if", by, next), new(state, "send-back", by, "SentBack"), new(state, "refuse", by, "Refused"), new(state, "withdraw", walk.Applicant, "Withdrawn")];
        WalkStep Decision(string name) => new(name, $"POST /cases/{{id}}/{name}", _ => [("reason", "確認のため"), ("conditions", "二人で")], Decides, Pair: Both);
        bool Applied(string account, string state) => account == walk.Applicant || (besides is not null && ManagersHere.Contains(account));
        return new(
            Named(walk), ["/cases/{id}"], typeof(CaseState), [nameof(CaseState.Allowed), nameof(CaseState.AllowedWithConditions), nameof(CaseState.Confirmed)],
            Begin,
            nameof(CaseState.Waiting),
            one => File(one) is { State: CaseState.Waiting } more ? $"Waiting{(more.At > 0 ? $"/{more.At}" : "")}{(more.History.Any(line => line.Decision is CaseDecision.SentBack) ? "/again" : "")}" : $"{File(one).State}",
            one => $"{File(one).Version}",
            fact => CaseDossier.CaseOf(fact)?.Value,
            one => $"/cases/{one.Id}",
            [
                new("change", "POST /cases/{id}/change", one => [.. fields[one.Id], ("version", $"{File(one).Version}")], Applied),
                Decision("allow"), Decision("allow-if"), Decision("send-back"), Decision("refuse"),
                new("withdraw", "POST /cases/{id}/withdraw", _ => [("reason", "不要になった")], Applied),
                new("carry-out", "POST /cases/{id}/carry-out", _ => [("note", "渡した")], (_, _) => false),
                new("confirm", "POST /cases/{id}/confirm", _ => [("note", "確かめた")], (_, _) => false),
            ],
            [
                .. new[] { "", "/again" }.SelectMany(again => second.Length > 0
                    ? [.. Ways($"Waiting{again}", decider, $"Waiting/1{again}"), .. Ways($"Waiting/1{again}", second, "CarriedOut")]
                    : Ways($"Waiting{again}", decider, "CarriedOut")),
                new("Waiting", "", "", "Lapsed", World: So(one => office.Record.AppendAsync(new CaseLapsed(WalkedOffice.Now, new(one.Id), "undecided"), CancellationToken.None))),
                new("SentBack", "change", walk.Applicant, "Waiting/again"),
                new("SentBack", "withdraw", walk.Applicant, "Withdrawn"),
            ],
            StateFirst: true,
            Besides: besides);
    }

    private static DateOnly Today => DateOnly.ParseExact(WalkedOffice.Day(0), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // R-CARRY-04: reception counts, SEC of the section keeps.
    private static bool AtDesk(string account, string state) => account is "tano" or "kobayashi";

    // Each permit is for a thing of its own: what is out by one goes out by no other.
    private static (string, string)[] Thing(bool goesOut) =>
        [.. CaseWalk.Carry().Select(field => field.Item1 is "tag1" ? ("tag1", goesOut ? $"PC-W{Interlocked.Increment(ref made)}" : "") : !goesOut && field.Item1 is "kind1" ? ("kind1", "Document") : field)];

    private static (string, string)[] Terms(string firm, int from) =>
    [
        ("title", "保守"), ("firm", firm), ("work", "保守"), ("subcontractors", ""), ("personInCharge", "架空 一"), ("section", "情報政策課"), ("places", Zone), ("workers", ""), ("from", WalkedOffice.Day(from)), ("until", WalkedOffice.Day(from + 60)),
        ("selectionCheckedOn", ""), ("selectionResult", ""),
    ];

    private static string Clock() => WalkedOffice.Now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    internal T Ask<T>(Func<Statements, T> look) => office.Record.Readers.AskNow(look);

    private Task<long> Enters(string person) => Ask(db => db.Value("SELECT since FROM view_presence WHERE zone = $1 AND person = $2", Zone, person)) is long
        ? Task.FromResult(0L)
        : office.Record.AppendAsync(new PersonEntered(WalkedOffice.Now, new(Zone), new("SRV-1-D1"), new(person)), CancellationToken.None);

    private Task<long> Leaves(string person) => office.Record.AppendAsync(new PersonLeft(WalkedOffice.Now, new(Zone), new("SRV-1-D1"), new(person), null), CancellationToken.None);

    private async Task<string> Asset(string prefix, params (string, string)[] place)
    {
        var tag = $"{prefix}-{Interlocked.Increment(ref made)}";
        using var item = await office.SendAsync("aya", "/equipment/new", [.. CaseWalk.Item(tag), .. place]);
        Assert.True(item.StatusCode == HttpStatusCode.Redirect, await item.Content.ReadAsStringAsync());
        return tag;
    }

    internal async Task<string> Allowed(string applicant, string kind, (string, string)[] fields, params string[] deciders)
    {
        using var asked = await office.SendAsync(applicant, $"/apply/{kind}", fields);
        var id = await WalkedOffice.NumberIn(asked, $"{applicant} applies for {kind}", WalkedOffice.CaseNumber());
        foreach (var decider in deciders)
        {
            using var allowed = await office.SendAsync(decider, $"/cases/{id}/allow", [("v", $"{office.VersionOf(id)}"), ("reason", ""), ("conditions", "")]);
            Assert.True(allowed.StatusCode == HttpStatusCode.Redirect, $"{decider} {id} {(int)allowed.StatusCode} {WalkedOffice.Plain().Replace(await allowed.Content.ReadAsStringAsync(), " ")}");
        }

        return Ask(db => CasesView.Dossier(db, new(id)))!.Made.Single();
    }

    private async Task<Walked> Moved(string tag, (string, string)[] other, params string[] more) =>
        new(await Allowed("aya", "move", [.. CaseWalk.Move(tag).Where(field => other.All(one => one.Item1 != field.Item1)), .. other], ["miyakonojo", .. more]), tag);

    private static (string, string)[] Leaving(string tag, string purpose, bool offPremises)
    {
        (string Name, string)[] other = [("direction", "Out"), ("purpose", purpose), ("items", tag), ("fromZone", Zone), ("fromOutside", ""), ("toZone", ""), ("toOutside", "架空リース"), ("offPremises", offPremises ? "1" : "")];
        return [.. CaseWalk.Move(tag).Where(field => other.All(one => one.Name != field.Item1)), .. other];
    }

    internal async Task GoesOut(string tag, string purpose, bool offPremises = false)
    {
        var move = await Moved(tag, Leaving(tag, purpose, offPremises), offPremises ? ["takachiho"] : []);
        await Witnessed(move);
    }

    private async Task ComesIn(string tag) => await Witnessed(await Moved(tag, [("purpose", "Relocation")]), ("aya", "impact", [("result", "None"), ("note", "")]));

    private async Task Witnessed(Walked move, params (string Account, string Step, (string, string)[] Fields)[] before)
    {
        await Enters("S-0217");
        foreach (var (account, step, fields) in (IEnumerable<(string, string, (string, string)[])>)[.. before, ("sadowara", "start", []), ("gokase", "scan", [("tag", move.Subject)]), ("sadowara", "complete", [])])
        {
            using var answer = await office.SendAsync(account, $"/moves/{move.Id}/{step}", [("v", $"{Ask(db => MovesView.One(db, new(move.Id)))!.Version}"), .. fields]);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{account} {step} {(int)answer.StatusCode} {WalkedOffice.Plain().Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), " ")}");
        }
    }

    private async Task<Walked> Contracted(int from)
    {
        var firm = $"架空保守{Interlocked.Increment(ref made)}株式会社";
        using var done = await office.SendAsync("kobayashi", "/contracts/new", Terms(firm, from));
        Assert.True(done.StatusCode == HttpStatusCode.Redirect, await done.Content.ReadAsStringAsync());
        return new((string)Ask(db => db.Value("SELECT contract FROM view_contracts WHERE json LIKE '%' || $1 || '%'", firm))!, firm);
    }

    // A permit like this one, given a week ago and to be back yesterday.
    private async Task<Walked> PermittedWeekAgo(Walked one, CarryDirection way, bool passed)
    {
        var like = Ask(db => CarryView.Dossier(db, new(one.Id)))!.Permit;
        var (now, id) = (WalkedOffice.Now, new CarryPermitId($"{like.Id}-A"));
        _ = await office.Record.AppendAsync(new CarryPermitted(now, like with { Id = id, Plan = like.Plan with { From = now.AddDays(-7), DueAt = now.AddDays(-1) } }, like.ApprovedBy.Value), CancellationToken.None);
        if (passed)
        {
            _ = await office.Record.AppendAsync(new CarryPassed(now, id, way is CarryDirection.Out ? CarryPassage.WentOut : CarryPassage.CameIn, [1], like.AppliedBy, "", "F-0312"), CancellationToken.None);
        }

        return one with { Id = id.Value };
    }

    // A work like this one, planned for last week.
    private async Task<Walked> WorkOfLastWeek(Walked one)
    {
        var like = Ask(db => WorkView.Dossier(db, new(one.Id)))!.Work;
        var (now, id) = (WalkedOffice.Now, new WorkId($"{like.Id}-A"));
        _ = await office.Record.AppendAsync(new WorkPermitted(now, like with { Id = id, Plan = like.Plan with { From = now.AddDays(-7), Until = now.AddDays(-6) } }, like.ApprovedBy.Value), CancellationToken.None);
        return one with { Id = id.Value };
    }

    internal static Func<Walked, Task<Walked>> So(Func<Walked, Task> happens) => async one =>
    {
        await happens(one);
        return one;
    };
}

/// <summary>Where a list stands that was brought in.</summary>
public enum ImportWalkState
{
    /// <summary>Looked at, and not applied yet.</summary>
    Waiting,

    /// <summary>Applied by another.</summary>
    Applied,
}

/// <summary>Where an item off the premises stands.</summary>
public enum OffsiteWalkState
{
    /// <summary>Taken there, not checked yet.</summary>
    Placed,

    /// <summary>Checked at least once.</summary>
    Checked,

    /// <summary>Brought back.</summary>
    Back,
}

/// <summary>Where the report of a check of a contractor stands.</summary>
public enum ReportWalkState
{
    /// <summary>Told to SUP.</summary>
    Told,

    /// <summary>Taken note of.</summary>
    Received,
}

/// <summary>Where a thing that was entrusted stands.</summary>
public enum EntrustedWalkState
{
    /// <summary>With the contractor.</summary>
    Held,

    /// <summary>Back, or destroyed.</summary>
    Settled,
}
