using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Commands;
using RoomGuard.TestKit.Lines;
using RoomGuard.TestKit.Pages;
using Xunit;

namespace RoomGuard.SystemTests.Site;

/// <summary>
/// The service alone, in this process, with the invented people, accounts and roles of the site kakuu: for everything people do at pages where
/// no door has to move. Starts in about a second.
/// </summary>
public sealed class RunningOffice : IAsyncDisposable
{
    private readonly string folder;
    private readonly int[] ports;
    private readonly TimeProvider time;
    private WebApplication service;

    private RunningOffice(string folder, WebApplication service, ServiceSettings settings, int[] ports, TimeProvider time)
    {
        (this.folder, this.service, Settings, this.ports, this.time) = (folder, service, settings, ports, time);
        service.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FailureLog(Failures));
    }

    /// <summary>What the service logged as failed, with the exception: the page tells its number only.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>The settings it runs with.</summary>
    public ServiceSettings Settings { get; }

    /// <summary>Pages over plain HTTP.</summary>
    public Uri Pages => new($"http://localhost:{ports[0]}/");

    /// <summary>Pages over HTTPS.</summary>
    public Uri SecurePages => new($"https://localhost:{ports[1]}/");

    /// <summary>What the service is made of.</summary>
    public IServiceProvider Parts => service.Services;

    /// <summary>Starts one.</summary>
    /// <param name="time">The service's clock.</param>
    /// <param name="overrides">Settings in the form of <c>--set</c>.</param>
    /// <param name="people">False: without people and accounts.</param>
    /// <param name="profile">Another policy profile than the site's, once its people are there: not every text knows all of their categories.</param>
    public static async Task<RunningOffice> StartAsync(TimeProvider? time = null, IEnumerable<string>? overrides = null, bool people = true, string? profile = null)
    {
        time ??= TimeProvider.System;
        var site = Path.Combine(RunScript.Root, "simulators", "sites", "kakuu");
        var folder = Directory.CreateTempSubdirectory("roomguard-office-").FullName;
        var ports = LoopbackPorts.Next(5);
        var settings = SettingsFile.Load(
            Path.Combine(site, "service.json"),
            ServiceSettingsJson.Default.ServiceSettings,
            [
                $"dataFolder={Path.Combine(folder, "data")}", $"listen.dashboardHttp={ports[0]}", $"listen.dashboardHttps={ports[1]}", $"listen.panels={ports[2]}", $"listen.watch={ports[3]}", $"listen.reception={ports[4]}",
                .. overrides ?? [],
            ]);
        if (people)
        {
            Assert.Equal(ExitCodes.Ok, await PeopleCommands.ImportAsync(settings, Path.Combine(site, "people.csv"), apply: true, japaneseWindows: false, time, RandomNumberGenerator.GetBytes, TextWriter.Null));
            Assert.Equal(ExitCodes.Ok, await ContractCommands.ImportAsync(settings, Path.Combine(site, "contracts.json"), time, RandomNumberGenerator.GetBytes, TextWriter.Null));
            Assert.Equal(ExitCodes.Ok, await OperatorCommands.ImportAsync(settings, Path.Combine(site, "operators.json"), time, RandomNumberGenerator.GetBytes, TextWriter.Null));
        }

        if (profile is not null && settings.Site.PolicyProfile is { Adopted: [var adopted, ..] } text)
        {
            settings = settings with { Site = settings.Site with { PolicyProfile = text with { Adopted = [adopted with { Profile = profile }] } } };
        }

        var service = await ServiceHost.BuildAsync(settings, new ServiceFolders(settings, time, RandomNumberGenerator.GetBytes), time, RandomNumberGenerator.GetBytes);
        await service.StartAsync();
        return new(folder, service, settings, ports, time);
    }

    /// <summary>Stops the service and starts it again on the same data, as a person at the machine would.</summary>
    public async Task RestartAsync()
    {
        await service.StopAsync();
        await service.DisposeAsync();
        service = await ServiceHost.BuildAsync(Settings, new ServiceFolders(Settings, time, RandomNumberGenerator.GetBytes), time, RandomNumberGenerator.GetBytes);
        service.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FailureLog(Failures));
        await service.StartAsync();
    }

    /// <summary>A client signed in as one of the site's people, e.g. <c>hinata</c>; their roles stand in simulators/sites/kakuu/operators.json.</summary>
    public Task<SignedInClient> AsAsync(string account) => SignedInClient.AsAsync(Pages, account);

    public async ValueTask DisposeAsync()
    {
        await service.StopAsync();
        await service.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class FailureLog(ConcurrentQueue<string> failures) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                failures.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
