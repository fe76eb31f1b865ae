namespace RoomGuard.Dashboard.Sheets;

/// <summary>件数 of a sheet: by them it is held against the record (R-INP-04).</summary>
/// <param name="Known">Cases the record has of what the sheet covers, as far as its reader may see them.</param>
/// <param name="Shown">Of these, how many are on the sheet.</param>
/// <param name="Rows">Rows they make.</param>
/// <param name="Everything">The reader may see them all.</param>
public sealed record SheetTally(int Known, int Shown, int Rows, bool Everything)
{
    /// <summary>Cases that did not fit on it.</summary>
    public int Left => Known - Shown;
}
