using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Live;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Panels;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class PanelsTests
{
    private static readonly PanelId Bridge = new("bridge-1");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Fact]
    [Requirement("R-NET-01")]
    public async Task A_bridge_that_knows_its_code_gets_a_certificate_of_its_own()
    {
        await using var rig = new ServiceRig();
        var codes = new JoinCodes(rig.Folders.Codes, rig.Time, rig.RandomBytes);
        var (typed, _) = codes.Make(Bridge);

        var outcome = await Desk(rig, codes).JoinAsync(Request(rig, typed), CancellationToken.None);

        Assert.Null(outcome.Refusal);
        using var certificate = X509Certificate2.CreateFromPem(outcome.Answer!.Certificate);
        using var authority = X509Certificate2.CreateFromPem(outcome.Answer.Authority);
        Assert.True(rig.Keys.IsOurs(certificate, rig.Time.GetUtcNow()));
        Assert.False(rig.Keys.IsOurs(certificate, rig.Time.GetUtcNow().AddYears(6)));
        Assert.Equal("bridge-1", certificate.GetNameInfo(X509NameType.SimpleName, false));
        Assert.Equal(JoinCode.Read(typed)!.ProveAnswer(authority.RawData, certificate.RawData), outcome.Answer.Proof);
        Assert.Equal(JoinCode.Fingerprint(certificate.RawData), rig.Ask(db => db.Value("SELECT fingerprint FROM view_panels WHERE panel = 'bridge-1'")));
        Assert.DoesNotContain(typed.Replace("-", "", StringComparison.Ordinal), string.Concat(Directory.GetFiles(rig.Folders.Codes).Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task A_code_works_once_for_thirty_minutes_and_for_its_bridge_only()
    {
        await using var rig = new ServiceRig();
        var codes = new JoinCodes(rig.Folders.Codes, rig.Time, rig.RandomBytes);
        var desk = Desk(rig, codes);
        var (typed, _) = codes.Make(Bridge);
        var (late, _) = codes.Make(new("bridge-2"));

        Assert.NotNull((await desk.JoinAsync(Request(rig, typed) with { Panel = new("bridge-2") }, CancellationToken.None)).Refusal);
        Assert.NotNull((await desk.JoinAsync(Request(rig, JoinCode.Write(rig.RandomBytes(16))), CancellationToken.None)).Refusal);
        Assert.NotNull((await desk.JoinAsync(Request(rig, typed) with { Csr = "AAAA" }, CancellationToken.None)).Refusal);
        Assert.NotNull((await desk.JoinAsync(Request(rig, typed, Bridge, [1, 2, 3]), CancellationToken.None)).Refusal);
        Assert.Null((await desk.JoinAsync(Request(rig, typed), CancellationToken.None)).Refusal);
        Assert.NotNull((await desk.JoinAsync(Request(rig, typed), CancellationToken.None)).Refusal);
        rig.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.NotNull((await desk.JoinAsync(Request(rig, late, new("bridge-2")), CancellationToken.None)).Refusal);
        Assert.Equal(["panel.enrolled"], rig.Kinds());
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_not_ours()
    {
        await using var rig = new ServiceRig();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(A.MondayNine.AddDays(-1), A.MondayNine.AddDays(1));

        Assert.False(rig.Keys.IsOurs(stranger, rig.Time.GetUtcNow()));
        Assert.False(rig.Keys.IsOurs(rig.Keys.Server, rig.Time.GetUtcNow()), "the service's own certificate is not for clients");
    }

    [Fact]
    public async Task Keys_are_made_once_and_lie_under_rights_for_the_owner_alone()
    {
        await using var rig = new ServiceRig();

        using var again = rig.Folders.OpenKeys();

        Assert.Equal(rig.Keys.Authority.RawData, again.Authority.RawData);
        Assert.Equal(rig.Keys.Server.RawData, again.Server.RawData);
        Assert.Equal(rig.Keys.CardKey, again.CardKey);
        Assert.All(new DirectoryInfo(rig.Folders.Keys).GetFiles(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    [Requirement("R-RED-05")]
    public async Task A_bridge_is_lost_after_thirty_seconds_of_silence_once_and_its_return_is_told()
    {
        await using var rig = new ServiceRig();
        var watch = new PanelWatch(rig.Record, rig.States, [Bridge], new LiveBoard(0), rig.Time, NullLogger<PanelWatch>.Instance);
        _ = await rig.Record.AppendAsync(new PanelEnrolled(rig.Time.GetUtcNow(), Bridge, new('0', 64)), CancellationToken.None);
        _ = await rig.Send();
        var heard = rig.Time.GetUtcNow();

        rig.Time.Advance(TimeSpan.FromSeconds(29.9));
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(["panel.enrolled"], rig.Kinds());

        rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(["panel.enrolled", "panel.lost"], rig.Kinds());
        Assert.Equal(heard, Assert.IsType<PanelLost>((await rig.Register.Find(1, CancellationToken.None))!.Event).LastHeard);

        rig.Time.Advance(TimeSpan.FromSeconds(60));
        _ = await rig.Send();
        Assert.Equal(90_000, Assert.IsType<PanelSeen>((await rig.Register.Find(2, CancellationToken.None))!.Event).SilentMs);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Requirement("R-INP-01")]
    public async Task Any_bytes_as_a_report_are_answered_in_words_and_never_with_an_exception(int seed)
    {
        await using var rig = new ServiceRig(seed);
        var chance = new Random(seed);
        var whole = JsonSerializer.SerializeToUtf8Bytes(rig.Journal.Report(rig.Journal.Write([A.Granted(A.MondayNine)])), RecordJson.Plain.PanelReport);
        Assert.NotNull(ReportReading.Read(whole, Bridge).Report);
        for (var round = 0; round < 400; round++)
        {
            byte[] broken = [.. whole];
            for (var change = chance.Next(1, 5); change > 0; change--)
            {
                broken = chance.Next(3) switch
                {
                    0 => broken[..chance.Next(broken.Length)],
                    1 => [.. broken, .. rig.RandomBytes(chance.Next(1, 20))],
                    _ => Flipped(broken, chance),
                };
            }

            var (report, wrong) = ReportReading.Read(broken, Bridge);

            Assert.True((report is null) != (wrong is null));
            if (report is not null)
            {
                _ = await rig.Desk.ReceiveAsync(report, CancellationToken.None);
            }
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"panel\":\"bridge-2\",\"journal\":\"j\",\"entries\":[],\"state\":STATE}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"\",\"entries\":[],\"state\":STATE}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":null,\"state\":STATE}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":[null],\"state\":STATE}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":[],\"state\":null}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":[],\"state\":STATE,\"more\":1}")]
    [InlineData("{\"panel\":\"bridge-1\",\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":[],\"state\":STATE}")]
    [InlineData("{\"panel\":\"bridge-1\",\"journal\":\"j\",\"entries\":[{\"seq\":1,\"envelope\":\"\",\"payload\":\"\",\"salt\":\"\"},{\"seq\":1,\"envelope\":\"\",\"payload\":\"\",\"salt\":\"\"}],\"state\":STATE}")]
    [Requirement("R-INP-01")]
    public void A_report_of_the_wrong_form_is_refused(string text)
    {
        var state = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(A.State(A.MondayNine), RecordJson.Plain.PanelState));

        var (report, wrong) = ReportReading.Read(Encoding.UTF8.GetBytes(text.Replace("STATE", state, StringComparison.Ordinal)), Bridge);

        Assert.Null(report);
        Assert.NotEmpty(wrong!);
    }

    [Fact]
    public async Task An_idle_order_stream_shows_that_it_lives_and_a_new_order_comes_at_once()
    {
        await using var rig = new ServiceRig();
        var orders = new OrderDesk(rig.Record, rig.Keys);
        orders.Begin();
        using var gone = new CancellationTokenSource();
        await using var stream = orders.Follow(null, TimeSpan.FromSeconds(5), rig.Time, gone.Token).GetAsyncEnumerator();

        Assert.True(await stream.MoveNextAsync());
        Assert.Null(stream.Current);
        var next = stream.MoveNextAsync().AsTask();
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await next);
        Assert.Null(stream.Current);

        next = stream.MoveNextAsync().AsTask();
        var suspension = new Suspension(1, A.MondayNine, new("S-0217"), null, CredentialState.Suspended, false);
        var n = await rig.Record.AppendAsync(new SuspensionOrdered(A.MondayNine, suspension, "test", "test"), CancellationToken.None);
        Assert.True(await next);
        Assert.Equal((n, suspension), (stream.Current!.Serial, Assert.IsType<SuspensionNews>(stream.Current).Suspension));
        await gone.CancelAsync();
    }

    private static byte[] Flipped(byte[] bytes, Random chance)
    {
        byte[] flipped = [.. bytes];
        if (flipped.Length > 0)
        {
            flipped[chance.Next(flipped.Length)] = (byte)chance.Next(256);
        }

        return flipped;
    }

    private static JoinDesk Desk(ServiceRig rig, JoinCodes codes) =>
        new(rig.Record, rig.Keys, codes, "kakuu-1", [Bridge, new("bridge-2")], rig.Time, rig.RandomBytes, NullLogger<JoinDesk>.Instance);

    private static JoinRequest Request(ServiceRig rig, string typed, PanelId? panel = null, byte[]? seen = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Convert.ToBase64String(new CertificateRequest("CN=anything", key, HashAlgorithmName.SHA256).CreateSigningRequest());
        return new(panel ?? Bridge, csr, JoinCode.Read(typed)!.ProveRequest(panel ?? Bridge, csr, seen ?? rig.Keys.Server.RawData));
    }
}
