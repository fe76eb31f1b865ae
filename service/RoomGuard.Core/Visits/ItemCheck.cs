using System.Collections.Immutable;

namespace RoomGuard.Core.Visits;

/// <summary>Declared things held against the permits of a visit (R-VIS-08): what has none stays at reception. Pure.</summary>
public static class ItemCheck
{
    /// <summary>
    /// Whether a kind passes only by permit: what can record, connect or carry data away. Tools and papers are declared and pass.
    /// </summary>
    public static bool NeedsPermit(ItemKind kind) => kind is ItemKind.Phone or ItemKind.Camera or ItemKind.Computer or ItemKind.Media;

    /// <summary>The things as they are recorded: how many of each stay, and by which permit the others pass.</summary>
    /// <param name="declared">As declared; what is said there of permits and of what stays counts for nothing.</param>
    /// <param name="permits">Permits of the visit.</param>
    /// <param name="taken">What others of the same visit carry in under those permits already.</param>
    public static ImmutableArray<DeclaredItem> Match(ImmutableArray<DeclaredItem> declared, ImmutableArray<PermittedItem> permits, ImmutableArray<DeclaredItem> taken)
    {
        var free = permits.ToDictionary(permit => permit, permit => permit.Count);
        foreach (var gone in taken.Where(item => item.Permit is not null))
        {
            foreach (var permit in permits.Where(permit => permit.Permit == gone.Permit && permit.Kind == gone.Kind && free[permit] > 0).Take(1))
            {
                free[permit] -= Math.Min(free[permit], gone.Count - gone.Left);
            }
        }

        var matched = ImmutableArray.CreateBuilder<DeclaredItem>();
        foreach (var item in declared)
        {
            if (!NeedsPermit(item.Kind))
            {
                matched.Add(item with { Left = 0, Permit = null });
                continue;
            }

            // A permit for one thing by its number covers no other; one without a number covers any of its kind.
            var permit = permits.FirstOrDefault(one => one.Kind == item.Kind && free[one] > 0 && (one.Serial.Length == 0 || item.Serial.Length == 0 || Same(one.Serial, item.Serial)));
            var passes = permit is null ? 0 : Math.Min(free[permit], item.Count);
            if (permit is not null)
            {
                free[permit] -= passes;
            }

            matched.Add(item with { Left = item.Count - passes, Permit = passes > 0 ? permit!.Permit : null });
        }

        return matched.DrainToImmutable();
    }

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
