using RoomGuard.Dashboard.Entries;

namespace RoomGuard.Dashboard.Text;

/// <summary>One 欄 of a sheet: its field in section (d) of docs/requirements.md, its word, and what a row says there.</summary>
/// <param name="Of">Null: empty.</param>
public sealed record SheetColumn(string Field, Word Word, Func<RegisterRow, Ink, string?> Of);

/// <summary>入退室管理簿 in print form, column by column as section (d) of docs/requirements.md lists them; a test holds the two together.</summary>
public static class RegisterSheetText
{
    public static readonly Word Title = new("入退室管理簿", "Entry register");
    public static readonly Word Link = new("様式で印刷", "Print form");
    public static readonly Word EventId = new("記録番号", "Entry");
    public static readonly Word Zone = new("区域", "Area");
    public static readonly Word Door = new("扉", "Door");
    public static readonly Word OccurredAt = new("日時(機器)", "Time (device)");
    public static readonly Word ReceivedAt = new("日時(受信)", "Time (received)");
    public static readonly Word Direction = new("入退区分", "In/out");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word DenyReason = new("拒否理由", "Reason");
    public static readonly Word PersonName = new("氏名", "Name");
    public static readonly Word PersonId = new("職員番号等", "Number");
    public static readonly Word Category = new("区分", "Category");
    public static readonly Word SectionOrFirm = new("所属・会社名", "Section, firm");
    public static readonly Word Methods = new("認証方法", "Method");
    public static readonly Word CardDigest = new("カード番号(検査値)", "Card (digest)");
    public static readonly Word GrantId = new("入室許可番号", "Grant");
    public static readonly Word PurposeRef = new("入室目的", "Purpose");
    public static readonly Word Escort = new("付添い者", "Escort");
    public static readonly Word IdCheck = new("身分証明書確認", "Identity check");
    public static readonly Word DeclaredItems = new("持込み申告", "Declared items");
    public static readonly Word ExitedAt = new("退室日時", "Exit");
    public static readonly Word Stay = new("在室時間", "Time inside");
    public static readonly Word Source = new("記録の別", "Source");
    public static readonly Word PaperPage = new("手書き簿の頁", "Paper page");
    public static readonly Word Hands = new("記入者/確認者", "Entered / confirmed by");
    public static readonly Word Exception = new("例外番号", "Exception");

    public static readonly Word Granted = new("許可", "Granted");
    public static readonly Word GrantedUnused = new("許可(未開扉)", "Granted, not opened");

    public static readonly Word Period = new("期間 {0} 〜 {1}", "Period {0} to {1}");
    public static readonly Word Counts = new("合計 {0}件: 許可 {1}、拒否 {2}、退室 {3}、こじ開け {4}、開放超過 {5}", "{0} rows: granted {1}, refused {2}, exits {3}, forced {4}, held open {5}");
    public static readonly Word OfThese = new("うち手書き {0}件(未確認 {1}件)、鍵で開扉 {2}件", "of these by hand {0} (not confirmed {1}), opened with a key {2}");
    public static readonly Word Empty = new("この条件の記録はありません。", "There are no rows for these conditions.");
    public static readonly Word TooMany = new("{0}件を超えるため、様式にできません。期間や区域を狭めてください。", "More than {0} rows do not fit one sheet. Narrow the period or the area.");
    public static readonly Word Unsettled = new("作成中に記録が増えて件数が合わないため、発行しませんでした。もう一度開いてください。", "Rows were added while the sheet was made and the counts differ, so it was not issued. Open it again.");
    public static readonly Word NotIssued = new("発行していません", "Not issued");
    public static readonly Word ProfileVersion = new("運用区分の版", "Profile version");
    public static readonly Word Drill = new("訓練", "Drill");
    public static readonly Word Digest = new("検査値", "Digest");
    public static readonly Word KeyLoan = new("鍵 {0} {1}", "key {0} {1}");

    /// <summary>Every column, in the order of section (d).</summary>
    public static IReadOnlyList<SheetColumn> Columns { get; } =
    [
        new("EventId", EventId, (row, _) => row.N.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("ZoneId / ZoneName", Zone, (row, ink) => $"{row.Zone} {ink.Zone(row.Zone)}"),
        new("DoorId", Door, (row, _) => row.Door.Value),
        new("OccurredAt", OccurredAt, (row, ink) => ink.Stamp(row.OccurredAt)),
        new("ReceivedAt", ReceivedAt, (row, ink) => ink.Stamp(row.ReceivedAt)),
        new("Direction", Direction, (row, ink) => row.Direction is { } direction ? ink[ChoiceText.Of(direction)] : null),
        new("Result", Result, (row, ink) => row.Result == RegisterResult.Granted && row.More?.Rejected is not true ? ink[row.Opened == false ? GrantedUnused : Granted] : ink[StateText.Of(row).Word]),
        new("DenyReason", DenyReason, (row, ink) => row.Reason is { } reason ? EventText.Reason(reason, ink.Language) : null),
        new("PersonName", PersonName, (row, ink) => row.PersonName ?? (row.More?.KeyLoan is { } loan ? ink.Fill(KeyLoan, loan, row.More.KeyTakenBy) : null)),
        new("PersonId", PersonId, (row, _) => row.Person is { } person && person.Value != row.More?.HandLine ? person.Value : null),
        new("Category", Category, (row, ink) => row.Category is { } category ? ink[ChoiceText.Of(category)] : null),
        new("SectionOrFirm", SectionOrFirm, (row, _) => row.SectionOrFirm),
        new("Methods", Methods, (row, ink) => row.Methods.IsDefaultOrEmpty ? null : string.Join("+", row.Methods.Select(method => ink[ChoiceText.Of(method)]))),
        new("CardDigest", CardDigest, (row, _) => row.CardDigest?.ToShort()),
        new("GrantId", GrantId, (row, _) => row.Grant?.Value),
        new("PurposeRef", PurposeRef, (row, _) => row.More is { } more ? more.Purpose ?? more.Visit?.Value : null),
        new("EscortPersonId", Escort, (row, _) => row.More?.Escort is { } escort ? $"{escort} {row.More.EscortName}" : null),
        new("IdCheckOutcome", IdCheck, (row, ink) => row.More?.Identity is { } identity ? ink[IdentityText.Of(identity).Word] : null),
        new("DeclaredItems", DeclaredItems, (row, _) => row.More?.DeclaredItems),
        new("ExitedAt", ExitedAt, (row, ink) => row.ExitedAt is { } exit ? ink.Stamp(exit) : null),
        new("StaySeconds", Stay, (row, ink) => row.Stay is { } stay ? ink.For(stay) : null),
        new("Source", Source, (row, ink) => ink[ChoiceText.Of(row.Source)]),
        new("PaperPageNo", PaperPage, (row, _) => row.More?.PaperPage),
        new("EnteredBy / ConfirmedBy", Hands, (row, ink) => row.More is { EnteredBy: { } entered } more ? $"{entered} / {more.ConfirmedBy ?? ink[HandText.NotConfirmed]}" : null),
        new("ExceptionId", Exception, (row, _) => row.More?.Exception),
    ];

    /// <summary>A column by its field.</summary>
    public static SheetColumn Column(string field) => Columns.First(column => column.Field == field);
}
