using System.Text.Json;

namespace RoomGuard.UnitTests.Evidence.Vectors;

/// <summary>Our vectors, reproduced with a second implementation when they were made.</summary>
internal static class EvidenceVectors
{
    public static JsonElement All { get; } = Load();

    public static byte[] Hex(this JsonElement element) => Convert.FromHexString(element.GetString()!);

    public static byte[][] Hashes(this JsonElement element) => [.. element.EnumerateArray().Select(Hex)];

    private static JsonElement Load()
    {
        using var stream = typeof(EvidenceVectors).Assembly.GetManifestResourceStream("RoomGuard.UnitTests.Evidence.Vectors.evidence-log-vectors.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
