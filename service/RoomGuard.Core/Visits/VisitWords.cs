using System.Text;

namespace RoomGuard.Core.Visits;

/// <summary>Names however they are typed. Pure.</summary>
public static class VisitWords
{
    /// <summary>Folds a name: compatibility forms (NFKC), no white space, small letters.</summary>
    public static string Fold(string? text) =>
        string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).Where(sign => !char.IsWhiteSpace(sign))).ToLowerInvariant();
}
