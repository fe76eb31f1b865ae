namespace RoomGuard.Dashboard.Text;

/// <summary>Words that all sheets share.</summary>
public static class SheetText
{
    public static readonly Word Tally = new("記録にある件数 {0}件、載せた件数 {1}件({2}行)、載せていない件数 {3}件", "In the record: {0}. Shown here: {1} ({2} rows). Left out: {3}.");
    public static readonly Word Left = new("載りきらない件があります。期間を分けるか、条件を絞ってください(R-INP-04)。", "Not all of them fit. Take a shorter time or narrower conditions (R-INP-04).");
    public static readonly Word Own = new("閲覧できる記録だけを数えています。", "Counted are those you may see.");
}
