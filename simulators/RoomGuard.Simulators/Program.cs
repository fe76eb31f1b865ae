using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using RoomGuard.Simulators.Control;
using RoomGuard.Simulators.Rack;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Stories;

namespace RoomGuard.Simulators;

/// <summary>The program's entry point.</summary>
public static class Program
{
    /// <summary>Runs the simulated site, or tells a running one what to do.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (CommandLine.Read(args, out var wrong) is not { } line)
        {
            await Console.Error.WriteLineAsync($"{wrong}{Environment.NewLine}{CommandLine.Usage}");
            return ProgramExit.Usage;
        }

        try
        {
            return line.Words switch
            {
                [] or ["serve"] when line.Settings is not null => await ServeAsync(SimulatorSettingsFile.Load(line.Settings, line.Overrides), line.Settings),
                ["ctl", .. var words] => await ControlAsync(line, words),
                ["story", "check", var file] when line.Settings is not null => CheckStory(file, SimulatorSettingsFile.Load(line.Settings, line.Overrides), show: false),
                ["story", "show", var file] when line.Settings is not null => CheckStory(file, SimulatorSettingsFile.Load(line.Settings, line.Overrides), show: true),
                ["help" or "--help"] => Say(CommandLine.Usage, ProgramExit.Ok),
                _ => Complain(CommandLine.Usage, ProgramExit.Usage),
            };
        }
        catch (Exception told) when (told is SimulatorSettingsException or StoryException or InvalidDataException)
        {
            return Complain(told.Message, ProgramExit.Config);
        }
    }

    private static async Task<int> ServeAsync(SimulatorSettings settings, string settingsPath)
    {
        // What the outside gives us: time, chance, and the story, which must be right before anything starts.
        var time = TimeProvider.System;
        var story = settings.Story is null ? null : StoryFile.Load(StoryPath(settings.Story, settingsPath), settings);

        // A reader has 200 ms to answer its very first command, and code that has never run takes longer than that.
        WarmUp.Run();

        using var site = new SimulatedSite(settings, story, new FolderMemory(settings.StateFolder), RandomNumberGenerator.GetBytes, time);
        try
        {
            site.OpenLines();
        }
        catch (Exception taken) when (taken is IOException or SocketException or UnauthorizedAccessException)
        {
            return Complain($"A line cannot be opened: {taken.Message}. Is another simulator running? Use other links and ports with --set lines.0.link=… or lines.0.port=….", ProgramExit.Unavailable);
        }

        // Who hangs on the simulated units and listens to the bridge.
        await using var rack = settings.Rack is { } servers ? new ServerRack(site, servers, time) : null;

        // What people see.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(settings.Control.Address), settings.Control.Control);
        });
        ControlApi.UseJson(builder.Services);
        await using var app = builder.Build();
        ControlApi.Map(app, site, time);
        app.MapGet("/api/servers", () => rack?.Look() ?? []);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken)
        {
            return Complain($"listen.control: port {settings.Control.Control} cannot be had: {taken.Message} Choose another with --set listen.control=PORT.", ProgramExit.Unavailable);
        }

        // What hangs in the room's air and speaks to a broker.
        using var sensorsEnd = new CancellationTokenSource();
        var sensors = site.RunSensorsAsync(sensorsEnd.Token);
        Console.WriteLine($"模擬機 (simulated site) {app.Urls.First()}");
        foreach (var line in settings.Lines)
        {
            Console.WriteLine($"  {line.Id}  {line.BaudRate.ToString(CultureInfo.InvariantCulture)}  {site.WhereIs(line.Id)}");
        }

        foreach (var ups in settings.Units)
        {
            Console.WriteLine($"  {ups.Id}  {ups.Kind}  {site.WhereIsUps(ups.Id)}");
        }

        foreach (var sensor in settings.Sensors?.Transmitters ?? [])
        {
            Console.WriteLine($"  {sensor.Id}  Modbus RTU unit {sensor.Unit.ToString(CultureInfo.InvariantCulture)}  {Path.GetFullPath(sensor.Link)}");
        }

        foreach (var gateway in settings.Sensors?.Gateways ?? [])
        {
            Console.WriteLine($"  {gateway.Id}  {gateway.Kind}  mqtt {settings.Sensors!.Host}:{settings.Sensors.Port}");
        }

        await app.WaitForShutdownAsync();
        await sensorsEnd.CancelAsync();
        await sensors;
        return ProgramExit.Ok;
    }

    private static async Task<int> ControlAsync(CommandLine line, ImmutableArray<string> words)
    {
        var listen = line.Settings is null ? new() : SimulatorSettingsFile.Load(line.Settings, line.Overrides).Control;
        using var http = new HttpClient { BaseAddress = line.At ?? new UriBuilder("http", listen.Address, listen.Control).Uri, Timeout = TimeSpan.FromSeconds(10) };
        return await new ControlClient(http, Console.Out, Console.Error).RunAsync(words, CancellationToken.None);
    }

    private static int CheckStory(string file, SimulatorSettings settings, bool show)
    {
        var story = StoryFile.Load(file, settings);
        var plan = story.Plan(settings.Seed, 0, settings);
        Console.WriteLine($"○ {story.Title}: {story.Steps.Length} steps, {plan.Length} deeds in a lap of {story.Lap}.");
        foreach (var deed in show ? plan : [])
        {
            Console.WriteLine($"  {deed.At:hh\\:mm\\:ss}  {deed.Deed}");
        }

        return ProgramExit.Ok;
    }

    private static string StoryPath(string story, string settingsPath) =>
        Path.IsPathRooted(story) ? story : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settingsPath))!, story);

    private static int Say(string text, int exit)
    {
        Console.WriteLine(text);
        return exit;
    }

    private static int Complain(string text, int exit)
    {
        Console.Error.WriteLine(text);
        return exit;
    }
}
