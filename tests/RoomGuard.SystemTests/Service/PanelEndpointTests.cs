using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Power;
using RoomGuard.Core.Readings;
using RoomGuard.Core.Record;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.People;
using RoomGuard.Dashboard.Power;
using RoomGuard.Evidence;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;
using RoomGuard.Service.Enrolment;
using RoomGuard.Service.Readings;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Lines;
using Xunit;

namespace RoomGuard.SystemTests.Service;

/// <summary>The bridges' listener over real connections: who is let in, and what travels.</summary>
public sealed class PanelEndpointTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-panels-").FullName;
    private readonly int[] ports = LoopbackPorts.Next(4);
    private WebApplication? service;

    private WebApplication Running => service ?? throw new InvalidOperationException("The service has not been started.");

    private Uri Panels => new($"https://localhost:{ports[2]}/");

    public async Task InitializeAsync()
    {
        var settings = new ServiceSettings(
            new("kakuu-1", "架空町役場", "本庁舎", EnvironmentKind.Test, "Asia/Tokyo"),
            Path.Combine(folder, "data"),
            new("127.0.0.1", ports[0], ports[1], ports[2], ports[3]),
            [new("SRV-1", "サーバ室", "Server room", 1, [EntryMethod.Card], StaleListRule.DenyAll)],
            [new("SRV-1-D1", "SRV-1", "bridge-1", "正面扉", "Front door")],
            ["bridge-1", "bridge-2"],
            TimeSpan.FromHours(72),
            new TelemetrySettings());
        service = await ServiceHost.BuildAsync(settings, new ServiceFolders(settings, TimeProvider.System, RandomNumberGenerator.GetBytes), TimeProvider.System, RandomNumberGenerator.GetBytes);
        await service.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Running.StopAsync();
        await Running.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task Only_the_certificate_enrolled_for_a_bridge_speaks_for_it()
    {
        using var first = await JoinedAsync("bridge-1");
        using var second = await JoinedAsync("bridge-2");
        using var own = Client(first);
        using var other = Client(second);
        using var nobody = Client(null);
        using var stranger = Client(SelfSigned());
        using var body = Report([]);

        Assert.Equal(HttpStatusCode.OK, (await own.PostAsync("panels/bridge-1/reports", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync("panels/bridge-1/reports", Report([]))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nobody.PostAsync("panels/bridge-1/reports", Report([]))).StatusCode);
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.PostAsync("panels/bridge-1/reports", Report([])));

        // Joining anew makes the older certificate void.
        using var again = await JoinedAsync("bridge-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await own.PostAsync("panels/bridge-1/reports", Report([]))).StatusCode);
    }

    [Fact]
    [Requirement("R-NET-02")]
    public async Task A_port_serves_its_own_addresses_whatever_name_a_request_carries()
    {
        using var http = new HttpClient();
        async Task<HttpStatusCode> Get(int port, string path, int named)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}{path}"));
            request.Headers.Host = $"localhost:{named}";
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Get(ports[3], "/health/live", ports[3]));
        Assert.Equal(HttpStatusCode.NotFound, await Get(ports[1], "/panels/bridge-1/orders", ports[2]));
        Assert.Equal(HttpStatusCode.NotFound, await Get(ports[1], "/metrics", ports[3]));
        Assert.Equal(HttpStatusCode.NotFound, await Get(ports[3], "/entries", ports[1]));
    }

    [Fact]
    public async Task Old_tls_is_refused()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, ports[2]);
        await using var tls = new SslStream(socket.GetStream(), false, (_, shown, _, _) => IsService(shown));
#pragma warning disable CA5397, CA5398, SYSLIB0039 // The point of the test.
        var old = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls11 };
#pragma warning restore CA5397, CA5398, SYSLIB0039

        _ = await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(old));
    }

    [Fact]
    public async Task A_bad_report_is_answered_with_what_was_wrong_and_a_good_one_with_what_is_next()
    {
        using var certificate = await JoinedAsync("bridge-1");
        using var http = Client(certificate);

        using var bad = await http.PostAsync("panels/bridge-1/reports", new StringContent("{\"panel\":7}"));
        using var good = await http.PostAsync("panels/bridge-1/reports", Report([Granted()]));

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("$.panel", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, JsonSerializer.Deserialize(await good.Content.ReadAsByteArrayAsync(), RecordJson.Plain.ReportReceipt)!.NextSeq);
    }

    [Fact]
    [Requirement("R-PWR-01")]
    public async Task What_a_bridge_measured_is_kept_once_however_often_it_is_told()
    {
        using var certificate = await JoinedAsync("bridge-1");
        using var http = Client(certificate);
        var at = TimeProvider.System.GetUtcNow();
        var values = ImmutableSortedDictionary<UpsQuantity, UpsValue>.Empty.Add(UpsQuantity.ChargePercent, new(62.5, UpsQuality.Good, at)).Add(UpsQuantity.BatteryTemperature, new(655.35, UpsQuality.Bad, at));
        var reading = new UpsReading("ups-1", at, UpsQuality.Good, UpsFlags.OnLine, values, ImmutableSortedDictionary<UpsText, string>.Empty, null);
        var power = new PowerNow(at, [new("ups-1", UnitPower.Mains, Lost: false, reading, null, 1800, 1, null, false, false, [], [])], []);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("panels/bridge-1/reports", Report([], power))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.PostAsync("panels/bridge-1/reports", Report([], power))).StatusCode);
        _ = Running.Services.GetRequiredService<ReadingsIntake>().Flush();
        var trend = await Running.Services.GetRequiredService<IUnitTrends>().Trend("ups-1", at.AddMinutes(-5), at.AddMinutes(5), 1000, CancellationToken.None);

        Assert.Equal(new RollUp(1, 62.5, 62.5, 62.5), trend.Lines.Single(line => line.Quantity == UpsQuantity.ChargePercent).Whole);
        Assert.Empty(trend.Lines.Single(line => line.Quantity == UpsQuantity.BatteryTemperature).Points);
    }

    [Fact]
    [Requirement("R-ID-08")]
    [Requirement("R-ID-10")]
    public async Task A_lost_card_goes_down_first_and_the_list_follows()
    {
        using var certificate = await JoinedAsync("bridge-1");
        using var http = Client(certificate);
        var people = Running.Services.GetRequiredService<IPeopleDesk>();
        _ = await people.AddPerson(new(new("S-0217"), "髙橋 翔太", "たかはし しょうた", PersonCategory.Staff, "情報政策課", null, null), Actor.Console, CancellationToken.None);
        var card = (await people.IssueCard(new(new("S-0217"), "H10301", 4, 32077, null, null), Actor.Console, CancellationToken.None)).Id!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var stream = await http.GetStreamAsync("panels/bridge-1/orders", limit.Token);
        using var lines = new StreamReader(stream);

        var lost = people.SetCardState(new(card), CredentialState.Lost, "紛失", Actor.Console, CancellationToken.None);
        var suspension = Assert.IsType<SuspensionNews>(await NextAsync(lines, news => news is SuspensionNews, limit.Token));
        Assert.True((await lost).Ok);
        Assert.Equal(card, suspension.Suspension.Credential!.Value.Value);

        // A list that was under way may still come between; it must not count as newer than the suspension.
        while (true)
        {
            var list = Assert.IsType<GrantListNews>(await NextAsync(lines, news => news is GrantListNews later && later.Serial > suspension.Serial, limit.Token));
            var bytes = await http.GetByteArrayAsync($"panels/bridge-1/grant-lists/{list.Version}", limit.Token);
            Assert.Equal(list.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var content = JsonSerializer.Deserialize(bytes, RecordJson.Plain.GrantList)!;
            if (Assert.Single(content.Credentials).State == CredentialState.Lost)
            {
                return;
            }

            Assert.True(content.IssuedAt < suspension.Suspension.At);
        }
    }

    private static async Task<OrderNews> NextAsync(StreamReader lines, Func<OrderNews, bool> wanted, CancellationToken limit)
    {
        while (await lines.ReadLineAsync(limit) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonSerializer.Deserialize(line["data: ".Length..], RecordJson.Plain.OrderNews) is { } news && wanted(news))
            {
                return news;
            }
        }

        throw new EndOfStreamException("The order stream ended.");
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=bridge-1", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private async Task<X509Certificate2> JoinedAsync(string panel)
    {
        var (typed, _) = Running.Services.GetRequiredService<JoinCodes>().Make(new(panel));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Convert.ToBase64String(new CertificateRequest($"CN={panel}", key, HashAlgorithmName.SHA256).CreateSigningRequest());
        byte[] seen = [];
        using var http = Client(null, certificate => seen = certificate);
        using var hello = await http.GetAsync("panels/x/orders");
        var request = new JoinRequest(new(panel), csr, JoinCode.Read(typed)!.ProveRequest(new(panel), csr, seen));
        using var answer = await http.PostAsync("panels/join", Json(JsonSerializer.SerializeToUtf8Bytes(request, RecordJson.Plain.JoinRequest)));
        var joined = JsonSerializer.Deserialize(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(), RecordJson.Plain.JoinAnswer)!;
        using var issued = X509Certificate2.CreateFromPem(joined.Certificate);
        return issued.CopyWithPrivateKey(key);
    }

    private HttpClient Client(X509Certificate2? certificate, Action<byte[]>? seen = null)
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
        {
            seen?.Invoke(shown!.GetRawCertData());
            return IsService(shown);
        };
        handler.SslOptions.ClientCertificates = certificate is null ? null : [certificate];
        return new HttpClient(handler) { BaseAddress = Panels, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    private bool IsService(X509Certificate? shown) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(Running.Services.GetRequiredService<SiteKeys>().Server.RawData);

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static ByteArrayContent Report(ReportEntry[] entries, PowerNow? power = null) => Json(JsonSerializer.SerializeToUtf8Bytes(
        new PanelReport(new("bridge-1"), "kakuu-1/bridge-1", [.. entries], new(TimeProvider.System.GetUtcNow(), 1, "0.1.0", null, 0, true, [], [], [], power)),
        RecordJson.Plain.PanelReport));

    private ReportEntry Granted()
    {
        var item = new EntryGranted(TimeProvider.System.GetUtcNow(), new("SRV-1-D1"), new("SRV-1"), new("reader-1"), new("S-0217"), new("C-0001"), default, new("G-2026-0001"), [EntryMethod.Card], 1, []);
        using var log = EvidenceLog.Open(new(Path.Combine(folder, "journal.db"), "kakuu-1/bridge-1", "bridge-1", RandomNumberGenerator.GetBytes, TimeProvider.System));
        var draft = Draft.Of(item);
        var stored = log.Append([new NewEntry(draft.Kind, item.OccurredAt, draft.EventJson)])[0];
        return new(0, Encoding.UTF8.GetString(stored.Envelope), Encoding.UTF8.GetString(stored.Payload!), Convert.ToBase64String(stored.Salt!));
    }
}
