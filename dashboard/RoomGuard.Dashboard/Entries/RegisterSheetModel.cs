using System.Collections.Immutable;
using RoomGuard.Core.Operators;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>入退室管理簿 in print form.</summary>
/// <param name="Rows">Oldest first.</param>
/// <param name="ProfileVersion">運用区分の版, e.g. <c>base 1</c>.</param>
/// <param name="Digest">検査値 over the rows as the CSV writes them, 64 hex digits; null: not issued.</param>
/// <param name="Refused">Why no sheet was issued; null: it was.</param>
public sealed record RegisterSheetModel(RegisterQuery Query, ImmutableArray<RegisterRow> Rows, string ProfileVersion, string? Digest, Word? Refused, Actor By)
{
    /// <summary>More do not fit one sheet.</summary>
    public const int MostRows = 1000;

    /// <summary>Rows of a result.</summary>
    public int Count(RegisterResult result) => Rows.Count(row => row.Result == result);
}
