using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using RoomGuard.Core.Carrying;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Equipment;
using RoomGuard.Service.Carrying;
using RoomGuard.Service.Equipment;
using Xunit;

namespace RoomGuard.SystemTests.Operators.States;

/// <summary>What registers keep and no case decides: items of the 機器台帳, media that carry between segments, what people bring to the desk, CHIEF's safeguards.</summary>
/// <param name="walks">What happens in the world.</param>
public sealed class RegisterWalks(WalkedOffice office, EquipmentWalks walks)
{
    private static int made;

    /// <summary>Names of all kinds: a medium may be lent, a server never is.</summary>
    public static ImmutableArray<string> Names { get; } = [$"item {AssetKind.Media}", $"item {AssetKind.Server}", "medium", "belongings", "safeguards"];

    /// <summary>A kind by its name.</summary>
    public StateWalk Of(string name) => name switch
    {
        "medium" => Medium(),
        "belongings" => Belongings(),
        "safeguards" => Safeguards(),
        _ => Item(Enum.Parse<AssetKind>(name.Split(' ')[1])),
    };

    // 綾 (OPS) keeps the register, 小林 (SEC) decides classes, nobody moves anything but by a move (R-MOVE-04).
    private StateWalk Item(AssetKind kind)
    {
        KeptAsset? Kept(Walked one) => walks.Ask(db => AssetsView.One(db, new(one.Id)));
        string Seen(Walked one) => $"{Kept(one)?.Version ?? 0}";
        (string, string)[] Entry(Walked one, params (string Name, string Value)[] other) => [.. CaseWalk.Item(one.Id).Where(field => field.Item1 != "kind" && other.All(more => more.Name != field.Item1)), ("kind", $"{kind}"), .. other];
        (string, string)[] Bulk(Walked one, BulkAct act, params (string, string)[] more) => [("act", $"{act}"), ("item", $"{one.Id} {Seen(one)}"), .. more];
        WalkStep Many(string name, Func<Walked, (string, string)[]> fields) => new(name, "POST /equipment/bulk", fields, Spoilt: one => [.. fields(one).Where(field => field.Item1 != "item"), ("item", $"{one.Id} 0")]);
        WalkStep Act(string name, Func<Walked, (string, string)[]> fields) => new(name, $"POST /equipment/items/{{id}}/{name}", one => [("version", Seen(one)), .. fields(one)], Spoilt: one => [("version", "0"), .. fields(one)]);
        string[] kept = ["change", "maintain", "many managers", "many maintained", "many supported"];
        ItemWalkState[] registered = [ItemWalkState.Registered, ItemWalkState.Classified, .. Lent() ? [ItemWalkState.Held] : Array.Empty<ItemWalkState>(), ItemWalkState.Away];
        bool Lent() => kind is AssetKind.Media;
        return new(
            $"item {kind}", ["/equipment/new", "/equipment/items/", "/equipment/bulk"], typeof(ItemWalkState), Lent() ? [] : [nameof(ItemWalkState.Held)],
            () => Task.FromResult(new Walked($"RW-{Interlocked.Increment(ref made)}", "")),
            nameof(ItemWalkState.Absent),
            one => Kept(one) switch
            {
                null => nameof(ItemWalkState.Absent),
                { Place.Zone: null, Place: not null } => nameof(ItemWalkState.Away),
                { Holder: not null } => nameof(ItemWalkState.Held),
                { Decided: not null } => nameof(ItemWalkState.Classified),
                _ => nameof(ItemWalkState.Registered),
            },
            Seen,
            fact => fact switch
            {
                AssetRecorded e => e.Asset.Tag.Value,
                AssetClassDecided e => e.Tag.Value,
                AssetMaintained e => e.Tag.Value,
                AssetHandedOver e => e.Tag.Value,
                AssetHandedBack e => e.Tag.Value,
                AssetMoved e => e.Tag.Value,
                _ => null,
            },
            one => $"/equipment/items/{one.Id}",
            [
                new("register", "POST /equipment/new", one => Entry(one, ("zone", "SRV-1"), ("rack", "R01")), Spoilt: one => Entry(one, ("zone", "SRV-1"), ("rack", "R01"), ("name", ""))),
                Act("change", one => Entry(one, ("name", $"業務サーバ{Interlocked.Increment(ref made)}"))),
                Act("class", _ => [("importance", nameof(ImportanceClass.II)), ("reason", "名簿を置く")]),
                Act("maintain", _ => [("doneOn", WalkedOffice.Day(0)), ("result", "異常なし")]),
                Act("hand-over", _ => [("holder", "S-0115"), ("dueOn", WalkedOffice.Day(3)), ("purpose", "配線の確認")]),
                Act("hand-back", _ => []),
                Many("many managers", one => Bulk(one, BulkAct.Manager, ("manager", Kept(one)?.Asset.Manager?.Value is "S-0102" ? "S-0115" : "S-0102"))),
                Many("many maintained", one => Bulk(one, BulkAct.Maintained, ("day", WalkedOffice.Day(0)), ("result", "清掃"))),
                Many("many supported", one => Bulk(one, BulkAct.SupportEnds, ("day", Kept(one)?.Asset.SupportEnds is { Year: 2031 } ? "2032-03-31" : "2031-03-31"))),
            ],
            [
                new("Absent", "register", "aya", "Registered"),
                new("Registered", "class", "kobayashi", "Classified"),
                .. registered.SelectMany(state => kept.Select(step => new WalkEdge($"{state}", step, "aya", $"{state}"))),
                .. Lent()
                    ? new WalkEdge[] { new("Registered", "hand-over", "aya", "Held"), new("Classified", "hand-over", "kunitomi", "Held"), new("Held", "hand-back", "kunitomi", "Registered"), new("Held", "class", "watanabe", "Held") }
                    : [],
                new("Registered", "", "", "Away", World: EquipmentWalks.So(one => walks.GoesOut(one.Id, nameof(MovePurpose.Relocation), offPremises: true))),
                new("Away", "class", "kobayashi", "Away"),
            ]);
    }

    // 都城 (SYS of SRV-1) lists what belongs there, 綾 (OPS) records what a medium carried; what is against the rules is written down as that, and nothing else (R-MOVE-08).
    private StateWalk Medium()
    {
        ListedThing? Listed(Walked one) => walks.Ask(db => CarryView.Listed(db, one.Id));
        (string, string)[] Thing(Walked one, params string[] marks) => [("tag", one.Id), ("kind", nameof(CarriedKind.Media)), ("name", "専用USBメモリ"), ("zones", "SRV-1"), ("seen", $"{walks.Ask(CarryView.ListVersion)}"), .. marks.Select(mark => ("marks", mark))];
        WalkStep List(string name, params string[] marks) => new(name, "POST /carry/lists", one => Thing(one, marks), AnswersHere, one => [.. Thing(one, marks), ("zones", "NO-SUCH")]);
        (string, string)[] Carried(Walked one, Segment from, Segment to, string scan) =>
            [("media", one.Id), ("content", "帳票の写し"), ("from", $"{from}"), ("fromAt", "PC-0098"), ("to", $"{to}"), ("toAt", "PC-0101"), ("at", Minute()), ("scan", scan), ("note", "")];
        WalkStep Carries(string name, Segment from, string scan) => new(name, "POST /transfers", one => Carried(one, from, Segment.StandardSystem, scan), Spoilt: one => Carried(one, from, from, scan));
        return new(
            "medium", ["/transfers", "/carry/lists"], typeof(MediumWalkState), [],
            () => Task.FromResult(new Walked($"USB-W{Interlocked.Increment(ref made)}", "")),
            nameof(MediumWalkState.Unlisted),
            one => Listed(one) is not { } listed ? nameof(MediumWalkState.Unlisted)
                : walks.Ask(db => CarryView.AwayBy(db, one.Id)) is not null ? nameof(MediumWalkState.Away)
                : listed is { Managed: true, Encrypted: true, MayLeave: true } ? nameof(MediumWalkState.Secured)
                : listed.Managed ? nameof(MediumWalkState.Plain)
                : nameof(MediumWalkState.Foreign),
            one => $"{office.Count("SELECT count(*) FROM view_transfers WHERE media = $1 AND refusal IS NULL", one.Id)} {Listed(one)}",
            fact => fact switch { CarryListed e => e.Thing.Tag, MediaTransferred e => e.Transfer.Media, MediaTransferRefused e => e.Transfer.Media, _ => null },
            one => $"/carry/lists/{one.Id}/remove",
            [
                List("list", "managed"), List("secure", "managed", "encrypted", "leave"), List("disown"),
                new("take off", "POST /carry/lists/{id}/remove", _ => [], AnswersHere, Unspoilable: true),
                Carries("carry", Segment.Internet, nameof(ScanResult.Clean)), Carries("carry from マイナンバー", Segment.MyNumber, nameof(ScanResult.Clean)),

                // Never, wherever the medium stands.
                Carries("carry unscanned", Segment.Internet, ""), Carries("carry what the scan found", Segment.Internet, nameof(ScanResult.Found)),
            ],
            [
                new("Unlisted", "list", "miyakonojo", "Plain"),
                new("Unlisted", "secure", "miyakonojo", "Secured"),
                new("Unlisted", "disown", "miyakonojo.admin", "Foreign"),
                new("Plain", "secure", "miyakonojo", "Secured"),
                new("Plain", "disown", "miyakonojo", "Foreign"),
                new("Plain", "take off", "miyakonojo", "Unlisted"),
                new("Plain", "carry", "aya", "Plain"),
                new("Secured", "list", "miyakonojo", "Plain"),
                new("Secured", "disown", "miyakonojo", "Foreign"),
                new("Secured", "take off", "miyakonojo", "Unlisted"),
                new("Secured", "carry", "aya", "Secured"),
                new("Secured", "carry from マイナンバー", "aya", "Secured"),
                new("Secured", "", "", "Away", World: EquipmentWalks.So(GoesOut)),
                new("Foreign", "list", "miyakonojo", "Plain"),
                new("Foreign", "secure", "miyakonojo", "Secured"),
                new("Foreign", "take off", "miyakonojo", "Unlisted"),
                new("Away", "list", "miyakonojo", "Away"),
                new("Away", "disown", "miyakonojo", "Away"),
                new("Away", "take off", "miyakonojo", "Unlisted"),
                new("Away", "", "", "Secured", World: EquipmentWalks.So(one => Passes(one, "back"))),
            ],
            StateFirst: true);
    }

    // 田野 (REC) writes down what somebody brings; without a permit of SUP's it stays at the desk (R-CARRY-02, R-CARRY-10).
    private StateWalk Belongings()
    {
        (string, string)[] Brought(Walked one, string person) => [("person", person), ("zone", ""), ("kind1", nameof(CarriedKind.Terminal)), ("ownership1", nameof(ItemOwnership.Private)), ("name1", "自分のノートPC"), ("tag1", one.Id)];
        ImmutableArray<BroughtItem> Told(Walked one) => [.. walks.Ask(db => CarryView.Declared(db, WalkedOffice.Now.AddHours(-2), 50)).SelectMany(told => told.Declared.Items).Where(item => item.Tag == one.Id)];
        return new(
            "belongings", ["/reception/carry/declare"], typeof(BelongingsWalkState), [],
            () => Task.FromResult(new Walked($"PC-B{Interlocked.Increment(ref made)}", "")),
            nameof(BelongingsWalkState.Brought),
            one => Told(one) is [var last, ..] ? last.Refusal is null ? nameof(BelongingsWalkState.Passed) : nameof(BelongingsWalkState.Left)
                : walks.Ask(db => CarryView.On(db, one.Id)).IsEmpty ? nameof(BelongingsWalkState.Brought) : nameof(BelongingsWalkState.Permitted),
            one => $"{Told(one).Length}",
            fact => fact is BelongingsDeclared e && e.Items is [var item, ..] ? item.Tag : null,
            _ => "/reception/carry/declare",
            [new("declare", "POST /reception/carry/declare", one => Brought(one, "S-0134"), Spoilt: one => Brought(one, "S-9999"))],
            [
                new("Brought", "declare", "tano", "Left"),
                new("Brought", "", "", "Permitted", World: EquipmentWalks.So(one => walks.Allowed(
                    "aya", "carry-in", [.. CaseWalk.Carry().Where(field => field.Item1 is not ("ownership1" or "tag1" or "class1")), ("ownership1", nameof(ItemOwnership.Private)), ("tag1", one.Id), ("class1", nameof(ImportanceClass.IV))], "hinata"))),
                new("Permitted", "declare", "kobayashi", "Passed"),
                new("Left", "declare", "tano", "Left"),
                new("Passed", "declare", "tano", "Passed"),
            ]);
    }

    // 高千穂 (CHIEF) alone sets them, each version once (R-CARRY-06).
    private StateWalk Safeguards() => new(
        "safeguards", ["/carry/safeguards"], typeof(SafeguardsWalkState), [],
        () => Task.FromResult(new Walked($"第{Interlocked.Increment(ref made)}版", "")),
        nameof(SafeguardsWalkState.Unknown),
        one => walks.Ask(db => CarryView.KnowsSafeguards(db, one.Id)) ? nameof(SafeguardsWalkState.Set) : nameof(SafeguardsWalkState.Unknown),
        one => $"{walks.Ask(db => CarryView.KnowsSafeguards(db, one.Id))}",
        fact => fact is SafeguardsSet e ? e.Version : null,
        _ => "/carry/lists",
        [new("set", "POST /carry/safeguards", one => [("version", one.Id), ("summary", "鍵付きケースで運ぶ")], Spoilt: one => [("version", one.Id), ("summary", "")])],
        [new("Unknown", "set", "takachiho", "Set")]);

    private static bool AnswersHere(string account, string state) => StateWalker.BothAccounts.Contains(account);

    private static string Minute() => WalkedOffice.Now.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private async Task GoesOut(Walked one)
    {
        _ = await walks.Allowed("aya", "carry-out", [.. CaseWalk.Carry().Where(field => field.Item1 is not ("kind1" or "tag1")), ("kind1", nameof(CarriedKind.Media)), ("tag1", one.Id)], "kobayashi");
        await Passes(one, "out");
    }

    private async Task Passes(Walked one, string way)
    {
        var permit = walks.Ask(db => CarryView.On(db, one.Id)).Single();
        using var passed = await office.SendAsync("tano", $"/reception/carry/{permit.Permit.Id}/pass", [("v", $"{permit.Version}"), ("way", way), ("items", "1"), ($"carrier-{way}", "S-0134"), ($"note-{way}", "")]);
        Assert.True(passed.StatusCode == HttpStatusCode.Redirect, await passed.Content.ReadAsStringAsync());
    }
}

/// <summary>Where an item of the 機器台帳 stands.</summary>
public enum ItemWalkState
{
    /// <summary>No such number yet.</summary>
    Absent,

    /// <summary>In its place, its class not decided.</summary>
    Registered,

    /// <summary>In its place, its class decided by SEC.</summary>
    Classified,

    /// <summary>With a holder (R-MOVE-10).</summary>
    Held,

    /// <summary>Off the premises.</summary>
    Away,
}

/// <summary>Where a medium stands.</summary>
public enum MediumWalkState
{
    /// <summary>On no list.</summary>
    Unlisted,

    /// <summary>Listed as the organisation's.</summary>
    Plain,

    /// <summary>Listed as encrypted and allowed to leave, too.</summary>
    Secured,

    /// <summary>Listed, and not managed by the organisation.</summary>
    Foreign,

    /// <summary>Out by a permit.</summary>
    Away,
}

/// <summary>Where a thing stands that somebody brings.</summary>
public enum BelongingsWalkState
{
    /// <summary>Brought, without a permit.</summary>
    Brought,

    /// <summary>SUP permits it.</summary>
    Permitted,

    /// <summary>It stays at the desk.</summary>
    Left,

    /// <summary>It passes.</summary>
    Passed,
}

/// <summary>Where a version of the safeguards stands.</summary>
public enum SafeguardsWalkState
{
    /// <summary>Nobody set it.</summary>
    Unknown,

    /// <summary>CHIEF set it.</summary>
    Set,
}
