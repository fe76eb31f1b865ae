using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using RoomGuard.Bridge.Enrolment;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.SystemTests.Bridge;

/// <summary>A bridge joins over real TLS: a service that knows the code, one that does not, and somebody in between.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-join-").FullName;
    private readonly string code = JoinCode.Write(RandomNumberGenerator.GetBytes(16));
    private readonly List<WebApplication> services = [];
    private readonly X509Certificate2 authority = SelfSigned("CN=authority", isAuthority: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task With_the_right_code_it_is_given_what_it_needs_in_files_of_its_own()
    {
        var certificate = SelfSigned("CN=service");
        var service = await ServiceAsync(certificate, code, certificate);

        var prints = await Visit(service).MakeAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), default);

        Assert.Equal(JoinCode.Fingerprint(certificate.RawData), prints.Service);
        Assert.Equal(JoinCode.Fingerprint(authority.RawData), prints.Authority);
        using var identity = PanelIdentity.Load(folder);
        Assert.Equal(prints.Own, JoinCode.Fingerprint(identity.Certificate.RawData));
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task A_wrong_or_expired_code_is_refused_clearly_and_nothing_is_kept()
    {
        var certificate = SelfSigned("CN=service");
        var service = await ServiceAsync(certificate, JoinCode.Write(RandomNumberGenerator.GetBytes(16)), certificate);

        var refused = await Assert.ThrowsAsync<JoinException>(() => Visit(service).MakeAsync(code, default));

        Assert.Contains("The service refused", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.False(PanelIdentity.IsIn(folder));
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task Somebody_in_between_who_passes_the_request_on_is_refused_by_the_service()
    {
        // What the bridge sees is not the certificate the service compares the proof with.
        var service = await ServiceAsync(SelfSigned("CN=somebody"), code, SelfSigned("CN=service"));

        await Assert.ThrowsAsync<JoinException>(() => Visit(service).MakeAsync(code, default));

        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    [Requirement("R-NET-01")]
    public async Task Somebody_who_answers_without_knowing_the_code_is_found_out_by_the_bridge()
    {
        var certificate = SelfSigned("CN=somebody");
        var service = await ServiceAsync(certificate, code: null, certificate);

        var refused = await Assert.ThrowsAsync<JoinException>(() => Visit(service).MakeAsync(code, default));

        Assert.Contains("somebody stands in between", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_typing_error_is_seen_before_anybody_is_asked() =>
        Assert.Contains("no code", (await Assert.ThrowsAsync<JoinException>(() => Visit(new("https://127.0.0.1:1")).MakeAsync("12345", default))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_service_that_is_not_there_is_named() =>
        Assert.Contains("cannot be reached", (await Assert.ThrowsAsync<JoinException>(() => Visit(new("https://127.0.0.1:1")).MakeAsync(code, default))).Message, StringComparison.Ordinal);

    private static X509Certificate2 SelfSigned(string name, bool isAuthority = false)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private JoinVisit Visit(Uri service) => new(service, "bridge-1", "kakuu-1", folder);

    /// <summary>A service of ours that proves as the real one does.</summary>
    /// <param name="shown">What its line shows.</param>
    /// <param name="code">What it holds the proofs against; null: it does not know any and answers all the same.</param>
    /// <param name="own">What it believes to show.</param>
    private async Task<Uri> ServiceAsync(X509Certificate2 shown, string? code, X509Certificate2 own)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(shown);
        }));
        var app = builder.Build();
        services.Add(app);
        app.MapPost("/panels/join", async (HttpContext http) =>
        {
            var request = (await http.Request.ReadFromJsonAsync(RecordJson.Plain.JoinRequest))!;
            var known = JoinCode.Read(code ?? JoinCode.Write(new byte[16]))!;
            if (code is not null && !JoinCode.Same(known.ProveRequest(request.Panel, request.Csr, own.RawData), request.Proof))
            {
                return Results.StatusCode(403);
            }

            var asked = CertificateRequest.LoadSigningRequest(Convert.FromBase64String(request.Csr), HashAlgorithmName.SHA256);
            using var key = authority.GetECDsaPrivateKey()!;
            var now = TimeProvider.System.GetUtcNow();
            using var issued = new CertificateRequest(asked.SubjectName, asked.PublicKey, HashAlgorithmName.SHA256)
                .Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddHours(-1), now.AddDays(20), [7]);
            using var orders = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Results.Json(
                new JoinAnswer(
                    issued.ExportCertificatePem(), authority.ExportCertificatePem(), orders.ExportSubjectPublicKeyInfoPem(),
                    Convert.ToBase64String(new byte[32]), Convert.ToBase64String(new byte[32]), "kakuu-1", known.ProveAnswer(authority.RawData, issued.RawData)),
                RecordJson.Plain.JoinAnswer);
        });
        await app.StartAsync();
        return new(app.Urls.Single().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));
    }
}
