using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Bridge.Doors;
using RoomGuard.Bridge.Uplink;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Evidence;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Bridge;

public sealed class OrderDeskTests : IDisposable
{
    private static readonly Suspension Order = new(7, TestRoom.MondayNine, new("S-0217"), null, CredentialState.Suspended, false);

    private readonly ECDsa office = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly OrderSignatures signatures;
    private readonly DirectInbox room = new();
    private readonly OrderDesk desk;

    public OrderDeskTests()
    {
        signatures = new(office.ExportSubjectPublicKeyInfoPem());
        desk = new(room, signatures, new("unused", "kakuu-1", signatures), room.Room.Time, NullLogger<OrderDesk>.Instance);
    }

    public void Dispose()
    {
        desk.Dispose();
        signatures.Dispose();
        office.Dispose();
    }

    [Fact]
    [Requirement("R-ID-10")]
    public async Task A_signed_suspension_is_in_force_at_the_door_at_once()
    {
        Assert.True(await desk.CarryOutAsync(new SuspensionNews(1, Order, Sign(Order))));

        room.Room.Badge();
        Assert.Equal(DenyReason.PersonSuspended, Assert.Single(room.Room.Written<EntryDenied>()).Reason);
    }

    [Fact]
    public async Task A_suspension_nobody_signed_changes_nothing()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.True(await desk.CarryOutAsync(new SuspensionNews(1, Order, Sign(Order, stranger))));
        Assert.True(await desk.CarryOutAsync(new SuspensionNews(1, Order, "not base64")));
        Assert.True(await desk.CarryOutAsync(new SuspensionNews(1, Order with { Person = new("S-0001") }, Sign(Order))));

        room.Room.Badge();
        Assert.Single(room.Room.Written<EntryGranted>());
    }

    [Fact]
    public async Task A_suspension_that_comes_again_after_it_was_lifted_stays_lifted()
    {
        var lift = Order with { Serial = 8, Lifted = true };
        await desk.CarryOutAsync(new SuspensionNews(1, Order, Sign(Order)));
        await desk.CarryOutAsync(new SuspensionNews(2, lift, Sign(lift)));
        await desk.CarryOutAsync(new SuspensionNews(1, Order, Sign(Order)));

        room.Room.Badge();
        Assert.Single(room.Room.Written<EntryGranted>());
    }

    [Fact]
    [Requirement("R-DOOR-14")]
    public async Task A_lockdown_is_signed_with_whether_it_begins_or_ends()
    {
        var lockdown = new Lockdown("L-1", [TestRoom.Zone], [], "CHIEF", "訓練", TestRoom.MondayNine.AddMinutes(-1), null);
        await desk.CarryOutAsync(new LockdownNews(1, lockdown, Ended: false, Sign(lockdown, ended: false)));
        room.Room.Badge();
        Assert.Equal(DenyReason.Lockdown, Assert.Single(room.Room.Written<EntryDenied>()).Reason);

        // The signature of its beginning does not end it.
        await desk.CarryOutAsync(new LockdownNews(2, lockdown, Ended: true, Sign(lockdown, ended: false)));
        room.Room.Badge();
        Assert.Empty(room.Room.Written<EntryGranted>());

        await desk.CarryOutAsync(new LockdownNews(2, lockdown, Ended: true, Sign(lockdown, ended: true)));
        room.Room.Badge();
        Assert.Single(room.Room.Written<EntryGranted>());
    }

    [Fact]
    public async Task An_order_that_could_not_be_made_durable_comes_again()
    {
        room.Room.Journal.Fault = EvidenceWriteCause.InputOutput;

        Assert.False(await desk.CarryOutAsync(new SuspensionNews(1, Order, Sign(Order))));
    }

    private string Sign(Suspension order, ECDsa? by = null) => Sign(CanonicalJson.Canonicalise(JsonSerializer.SerializeToUtf8Bytes(order, RecordJson.Plain.Suspension)), by);

    private string Sign(Lockdown order, bool ended) =>
        Sign([.. CanonicalJson.Canonicalise(JsonSerializer.SerializeToUtf8Bytes(order, RecordJson.Plain.Lockdown)), .. Encoding.ASCII.GetBytes(ended ? "ended" : "begun")]);

    private string Sign(byte[] bytes, ECDsa? by = null) => Convert.ToBase64String((by ?? office).SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>A room that takes each post in a turn of its own, on the caller's thread.</summary>
    private sealed class DirectInbox : IRoom
    {
        public TestRoom Room { get; } = new();

        public RoomState State => Room.Turn.State;

        public void Post(RoomInput input) => Room.Tell(input);

        public bool TryPost(RoomInput input, bool canWait = false)
        {
            Post(input);
            return true;
        }

        public Task<bool> PostAsync(RoomInput input) => Take(new(input, null, new(), Room.Time.GetTimestamp()));

        public Task<bool> RecordAsync(RecordedEvent item) => Take(new(null, item, new(), Room.Time.GetTimestamp()));

        private Task<bool> Take(RoomPost post)
        {
            Room.Turn.Run([post]);
            return post.Durable!.Task;
        }
    }
}
