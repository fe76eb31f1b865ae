using System.Diagnostics;

namespace RoomGuard.Evidence;

/// <summary>Findings as people read them, Japanese first.</summary>
public static class CheckText
{
    /// <summary>What is wrong, in Japanese.</summary>
    public static string Ja(CheckFault fault) => fault switch
    {
        CheckFault.EnvelopeNotCanonical => "記録の形式が正規形ではありません",
        CheckFault.WrongNumber => "記録の番号が位置と一致しません",
        CheckFault.EntryMissing => "記録が欠けています",
        CheckFault.LeafDiffers => "記録の内容が書込み時の要約値と一致しません（改ざん）",
        CheckFault.ChainBroken => "次の記録の連鎖と一致しません（改ざん・挿入・削除）",
        CheckFault.TreeSizeDiffers => "記録の件数が保存された木の件数と一致しません（末尾の削除・追加）",
        CheckFault.TreeDiffers => "保存された木の要約値と一致しません（改ざん）",
        CheckFault.PayloadMissing => "本文がなく、消去の記録もありません",
        CheckFault.PayloadWithoutEntry => "記録のない本文があります",
        CheckFault.CommitmentDiffers => "本文またはソルトが記録の約定値と一致しません（改ざん）",
        CheckFault.PayloadNotCanonical => "本文の形式が正規形ではありません",
        CheckFault.BootWentBack => "起動回数が前の記録より小さくなっています",
        CheckFault.SinceBootWentBack => "起動後の経過時間が前の記録より小さくなっています",
        CheckFault.BootUnknown => "起動の一覧にない起動回数です",
        CheckFault.SourceNumberWithoutEntry => "発生元の番号が指す記録がありません",
        CheckFault.Unreadable => "データベースが壊れていて読めません",
        _ => throw new UnreachableException($"No text for {fault}."),
    };

    /// <summary>What is wrong, in English.</summary>
    public static string En(CheckFault fault) => fault switch
    {
        CheckFault.EnvelopeNotCanonical => "the envelope is not in its one canonical form",
        CheckFault.WrongNumber => "the entry carries another number than its place",
        CheckFault.EntryMissing => "an entry is missing",
        CheckFault.LeafDiffers => "the entry is not what was hashed when it was written (changed)",
        CheckFault.ChainBroken => "the next entry names another leaf (changed, inserted or removed)",
        CheckFault.TreeSizeDiffers => "the number of entries is not the one the tree was kept over (end cut off or added to)",
        CheckFault.TreeDiffers => "the kept tree has another head (changed)",
        CheckFault.PayloadMissing => "no payload, and no entry that declares its erasure",
        CheckFault.PayloadWithoutEntry => "a payload without an entry",
        CheckFault.CommitmentDiffers => "payload or salt is not what the entry committed to (changed)",
        CheckFault.PayloadNotCanonical => "the payload is not canonical JSON",
        CheckFault.BootWentBack => "the boot count is lower than in the entry before",
        CheckFault.SinceBootWentBack => "the time since boot is lower than in the entry before",
        CheckFault.BootUnknown => "the boot count is not in the list of boots",
        CheckFault.SourceNumberWithoutEntry => "a source number points to no entry",
        CheckFault.Unreadable => "the database is damaged there",
        _ => throw new UnreachableException($"No text for {fault}."),
    };

    /// <summary>Which source disagrees, in Japanese.</summary>
    public static string Ja(CheckSource source) => source switch
    {
        CheckSource.Envelope => "記録",
        CheckSource.Chain => "連鎖",
        CheckSource.Leaf => "葉の要約値",
        CheckSource.Tree => "木",
        CheckSource.Payload => "本文",
        CheckSource.Boot => "起動",
        CheckSource.SourceNumber => "発生元番号",
        CheckSource.File => "ファイル",
        _ => throw new UnreachableException($"No text for {source}."),
    };
}
