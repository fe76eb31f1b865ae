using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using RoomGuard.Simulators;
using RoomGuard.Simulators.Readers;
using RoomGuard.Simulators.Site;
using RoomGuard.Simulators.Ups;
using RoomGuard.Simulators.World;
using RoomGuard.TestKit.Lines;

namespace RoomGuard.SystemTests.Peers;

/// <summary>Simulated units on real terminals and sockets, alone.</summary>
internal sealed class SimulatedUnits : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("roomguard-ups-");

    public SimulatedUnits(params UpsSettings[] units)
    {
        var placed = units.Select(unit => unit.Kind == UpsKind.ApcTcp ? unit with { Port = 0 } : unit with { Link = Path.Combine(folder.FullName, unit.Id) });
        Site = new(
            new SimulatorSettings("Test", folder.FullName, Seed: 1, [], [], [], Ups: [.. placed]),
            null,
            new FolderMemory(Path.Combine(folder.FullName, "memory")),
            RandomNumberGenerator.GetBytes,
            TimeProvider.System);
        Site.OpenLines();
    }

    public SimulatedSite Site { get; }

    public string Folder => folder.FullName;

    public string Where(string ups) => Site.WhereIsUps(ups);

    public int Port(string ups) => IPEndPoint.Parse(Where(ups)).Port;

    public void Do(Deed deed) => Site.Do(deed);

    public UpsNow Now(string ups) => Site.Look().Ups.Single(unit => unit.Id == ups);

    public string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Site.Dispose();
        folder.Delete(recursive: true);
    }
}
