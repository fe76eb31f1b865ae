using System.Diagnostics;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Equipment;

namespace RoomGuard.Dashboard.Text;

/// <summary>Words of the 機器台帳.</summary>
public static class AssetsText
{
    public static readonly Word Title = new("機器台帳", "Asset register");
    public static readonly Word Lead = new("区域に置く機器・媒体・文書の台帳です。所在は、完了した搬入・搬出だけが変えます。", "Equipment, media and documents kept in the zones. A place changes only by a completed move.");
    public static readonly Word Add = new("機器を登録する", "Register an item");
    public static readonly Word Change = new("登録内容を変更する", "Change the entry");
    public static readonly Word WaitingMaintenance = new("定期保守が期限を過ぎています", "Maintenance overdue");
    public static readonly Word WaitingReturns = new("貸し出した媒体・文書が期限までに戻っていません", "Lent media and documents not back by their day");
    public static readonly Word Tag = new("機器番号", "Asset tag");
    public static readonly Word TagHelp = new("英大文字・数字・ハイフン。ラベルとQRコードになります。", "Capital letters, digits and hyphens; it is printed on the label and in its QR code.");
    public static readonly Word Name = new("品名", "Name");
    public static readonly Word Kind = new("種別", "Kind");
    public static readonly Word Maker = new("製造者", "Maker");
    public static readonly Word Model = new("型式", "Model");
    public static readonly Word Serial = new("製造番号", "Serial number");
    public static readonly Word Importance = new("重要性分類", "Importance class");
    public static readonly Word Decided = new("決定した分類", "Class decided");
    public static readonly Word Undecided = new("未決定(Ⅰとして扱う)", "not decided: class I counts");
    public static readonly Word Counts = new("扱う分類", "class that counts");
    public static readonly Word RaisedByContent = new("中にある情報・機器、又は原本の分類による", "by what is on or in it, or by its original");
    public static readonly Word Proposed = new("分類の案", "Class proposed");
    public static readonly Word ProposedHelp = new("情報セキュリティ管理者が決定するまで効力はありません。", "Without effect before the security manager decides.");
    public static readonly Word Segment = new("系統", "Segment");
    public static readonly Word Place = new("所在", "Place");
    public static readonly Word Zone = new("区域", "Zone");
    public static readonly Word ZoneHelp = new("既に設置されている機器だけ選びます。これから搬入する機器は空けておきます。", "Only for what stands there already; leave it empty for what is still to be brought in.");
    public static readonly Word Rack = new("ラックと位置", "Rack and position");
    public static readonly Word NoPlace = new("搬入前", "not brought in");
    public static readonly Word PlaceFixed = new("所在は登録内容の変更では変わりません。搬入・搬出の完了で変わります(R-MOVE-04)。", "A change of the entry does not move it; a completed move does (R-MOVE-04).");
    public static readonly Word Manager = new("管理責任者", "Responsible manager");
    public static readonly Word PersonHelp = new("人の番号", "The person's number");
    public static readonly Word HasStorage = new("記憶装置", "Storage");
    public static readonly Word Yes = new("あり", "yes");
    public static readonly Word No = new("なし", "none");
    public static readonly Word NotLooked = new("未確認", "not looked at");
    public static readonly Word Storage = new("中の記憶装置", "Storage inside");
    public static readonly Word Parts = new("中の部品", "Parts inside");
    public static readonly Word PartsHelp = new("1行に1個。「製造番号, 品名」の形で書きます。", "One a line, as serial, what it is.");
    public static readonly Word Redundancy = new("冗長化の組", "Redundancy group");
    public static readonly Word MaintenanceMonths = new("定期保守の間隔(月)", "Maintenance interval (months)");
    public static readonly Word MaintenanceFrom = new("間隔を数え始める日", "Interval counts from");
    public static readonly Word Maintenance = new("定期保守", "Maintenance");
    public static readonly Word MaintenanceDue = new("次の定期保守", "Next maintenance");
    public static readonly Word MaintainedOn = new("前回の定期保守", "Last maintenance");
    public static readonly Word NoInterval = new("間隔の定めなし", "no interval");
    public static readonly Word SupportEnds = new("サポート終了日", "Support ends on");
    public static readonly Word Holds = new("中にある情報", "Information on it");
    public static readonly Word HoldsHelp = new("1行に1件。「件名, 分類」の形で書きます(例: 住民記録の控え, Ⅰ)。分類がなければⅠとして扱います。", "One a line, as title, class (e.g. resident records, I). Without a class, class I counts.");
    public static readonly Word Container = new("入れている容器", "Lies in container");
    public static readonly Word CopyOf = new("原本の機器番号", "Copy of");
    public static readonly Word Exception = new("例外措置の番号", "Exception cited");
    public static readonly Word ExceptionHelp = new("区域の分類・系統の定め(R-ZONE-06)の例外が許可されている場合。", "Where an exception to the rule of class and segment (R-ZONE-06) is allowed.");
    public static readonly Word Note = new("備考", "Note");
    public static readonly Word Facts = new("登録内容", "Entry");
    public static readonly Word Gaps = new("不足", "Missing");
    public static readonly Word GapsOf = new("不足: {0}", "Missing: {0}");
    public static readonly Word Search = new("機器番号・製造番号・品名", "Tag, serial or name");
    public static readonly Word Show = new("表示", "Show");
    public static readonly Word Inside = new("中に入っているもの", "What lies in it");
    public static readonly Word Copies = new("複製", "Copies of it");
    public static readonly Word Story = new("履歴", "History");
    public static readonly Word StoryLead = new("各行から記録の項目へ進めます。", "Each line leads to its entry in the record.");
    public static readonly Word None = new("機器はまだ登録されていません", "No item is registered yet");
    public static readonly Word NoneLead = new("既に置かれている機器から登録を始めます。", "Begin with what stands in the zones already.");
    public static readonly Word NoMatch = new("該当する機器はありません", "No item matches");
    public static readonly Word NoMatchLead = new("条件を減らしてください。", "Ask for less.");
    public static readonly Word Labels = new("ラベルを印刷する", "Print labels");
    public static readonly Word LabelsTitle = new("機器のラベル", "Labels of items");
    public static readonly Word LabelsLead = new("{0}枚。分類は、印刷した時点で扱うものです。分類が変わったら貼り替えてください。", "{0} labels. The class is the one that counts now; replace a label when it changes.");
    public static readonly Word LabelsMore = new("1回に{0}枚までです。条件で絞るか、次へ進んでください。", "At most {0} at a time; narrow the list or go on.");
    public static readonly Word QrOf = new("{0} のQRコード", "QR code of {0}");
    public static readonly Word Provisional = new("暫定", "provisional");
    public static readonly Word Import = new("一覧を取り込む", "Take a list in");
    public static readonly Word ImportLead = new("ExcelブックかCSVを選ぶと、追加・変更・同じ行を先に示します。取り込むのは、一覧を持ち込んだ人とは別の人です(R-PROF-05)。それまで何も変わりません。", "Choose a workbook or a CSV: first you see what it would add, change and leave. Another person than the one who brings it applies it (R-PROF-05); nothing changes before.");
    public static readonly Word ImportHelp = new("書き出した台帳(ExcelまたはCSV)と同じ見出しを1行目に使います。ブックは .xlsx で、シートは1枚、数式・マクロ・結合セルは使えません。機器番号のほかは、無い列はそのまま残ります。所在と決定した分類は変えられません(R-MOVE-04、R-LIFE-07)。100,000行、64 MBまで。", "The first row is that of the list as it is written out (Excel or CSV). A workbook is an .xlsx with one sheet, without formulas, macros and merged cells. But for the tag, a column that is not there stays as it is. Places and decided classes are not changed by it (R-MOVE-04, R-LIFE-07). At most 100,000 lines, 64 MB.");
    public static readonly Word ImportWithoutWrong = new("誤りのある行を除いて取り込む", "Leave lines with mistakes out and take the rest");
    public static readonly Word ImportLeftOut = new("誤りのある{0}行は取り込まれません。残りは取り込めます。", "{0} lines with mistakes are left out; the rest can be taken in.");
    public static readonly Word ImportOther = new("持ち込んだ人({0})とは別の、台帳を管理する人が取り込みます(R-PROF-05)。この画面の住所を伝えてください。", "Another person than {0}, who brought it, applies it (R-PROF-05). Give them the address of this page.");
    public static readonly Word ImportApplied = new("すべて登録しました。", "All of it is registered.");
    public static readonly Word Xlsx = new("Excelで書き出す", "Write out for Excel");
    public static readonly Word Csv = new("CSVで書き出す", "Write out as CSV");
    public static readonly Word DecideTitle = new("重要性分類の決定", "Decision on the class");
    public static readonly Word DecideLead = new("決定するまでⅠとして扱います(R-LIFE-07)。この機器は {0} より低くできません。", "Class I counts until it is decided (R-LIFE-07). Not lower than {0} for this item.");
    public static readonly Word Decide = new("分類を決定する", "Decide the class");
    public static readonly Word MaintainTitle = new("定期保守の記録", "Maintenance done");
    public static readonly Word Maintain = new("実施を記録する", "Record it");
    public static readonly Word DoneOn = new("実施日", "Done on");
    public static readonly Word Result = new("結果", "Result");
    public static readonly Word Reason = new("理由", "Reason");
    public static readonly Word Holder = new("貸出先", "Holder");
    public static readonly Word HolderDue = new("返却期限", "Due back on");
    public static readonly Word Purpose = new("目的", "Purpose");
    public static readonly Word HandOverTitle = new("貸出", "Hand over");
    public static readonly Word HandOver = new("貸出を記録する", "Record the hand-over");
    public static readonly Word HandBack = new("返却を記録する", "Record that it is back");
    public static readonly Word Overdue = new("期限を過ぎています", "overdue");
    public static readonly Word SupportOver = new("サポート終了", "support has ended");

    /// <summary>What a list shows.</summary>
    public static Word Of(AssetShow show) => show switch
    {
        AssetShow.All => FrameText.All,
        AssetShow.Incomplete => new("不足のある行", "incomplete"),
        AssetShow.Undecided => new("分類の決定待ち", "class not decided"),
        AssetShow.Overdue => new("期限切れ", "overdue"),
        _ => throw new UnreachableException($"No text for {show}."),
    };

    /// <summary>The class that counts, as a sign on lists and labels; what is not decided says so.</summary>
    public static string ClassOf(ImportanceClass effective, Ink ink) => ink[PolicyText.Of(ZoneText.Of(effective))];

    /// <summary>Where an item is, in one line.</summary>
    public static string PlaceOf(AssetPlace? place, Ink ink) => place switch
    {
        null => ink[NoPlace],
        { Zone: { } zone, Rack.Length: > 0 } => $"{ink.Zone(zone)} {place.Rack}",
        { Zone: { } zone } => ink.Zone(zone),
        _ => $"({place.Outside})",
    };

    /// <summary>The name of a field of an item's entry.</summary>
    public static Word FieldOf(string field) => field switch
    {
        "tag" => Tag,
        "kind" => Kind,
        "name" => Name,
        "maker" => Maker,
        "model" => Model,
        "serial" => Serial,
        "proposed" => Proposed,
        "segment" => Segment,
        "manager" => Manager,
        "hasStorage" => HasStorage,
        "storage" => Storage,
        "parts" => Parts,
        "redundancyGroup" => Redundancy,
        "maintenanceMonths" => MaintenanceMonths,
        "maintenanceFrom" => MaintenanceFrom,
        "supportEnds" => SupportEnds,
        "holds" => Holds,
        "container" => Container,
        "copyOf" => CopyOf,
        "exception" => Exception,
        "note" => Note,
        _ => throw new UnreachableException($"No text for {field}."),
    };

    /// <summary>A field's value as people read it.</summary>
    public static string ValueOf(string field, string? value, Ink ink) => (field, value) switch
    {
        (_, null) => "―",
        ("kind", _) => ink[PolicyText.Of(EquipmentText.Of(Enum.Parse<AssetKind>(value)))],
        ("proposed", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<ImportanceClass>(value)))],
        ("segment", _) => ink[PolicyText.Of(ZoneText.Of(Enum.Parse<Segment>(value)))],
        ("hasStorage", "yes") => ink[Yes],
        ("hasStorage", _) => ink[No],
        _ => value,
    };

    /// <summary>Everything an entry lacks, in one line; empty: nothing.</summary>
    public static string GapLine(AssetGaps gaps, Ink ink) => string.Join(ink.Language == Language.Japanese ? "、" : ", ", AssetGapRule.Each(gaps).Select(gap => ink[PolicyText.Of(EquipmentText.Of(gap))]));
}
