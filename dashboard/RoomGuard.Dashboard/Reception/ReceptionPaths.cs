using Microsoft.AspNetCore.Http;
using RoomGuard.Core.People;

namespace RoomGuard.Dashboard.Reception;

/// <summary>What the reception desk's own listener serves: visits and signing in, and nothing else (R-NET-07).</summary>
public static class ReceptionPaths
{
    /// <summary>Its first page.</summary>
    public const string Home = "/reception";

    // Signing in and proving oneself, the look of the pages, and a visitor's own page beforehand.
    private static readonly string[] Served = [Home, "/invitation", "/sign-in", "/sign-out", "/confirm", "/me/sign-in", "/assets", "/preferences", "/about", "/live"];

    /// <summary>Whether a path is served there.</summary>
    public static bool Serves(PathString path) => Served.Any(served => path.StartsWithSegments(served, StringComparison.OrdinalIgnoreCase));

    internal static string Visitor(PersonId visitor) => $"{Home}/visitors/{Uri.EscapeDataString(visitor.Value)}";

    internal static string Badge(CredentialId badge) => $"{Home}/badges/{Uri.EscapeDataString(badge.Value)}";
}
