using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Contractors;

/// <summary>Words of the contractor register, for pages and lists.</summary>
public static class ContractorText
{
    /// <summary>確認の結果.</summary>
    public static Words Of(CheckFinding finding) => finding switch
    {
        CheckFinding.Fit => new("適", "fit", "○"),
        CheckFinding.Minor => new("軽微な指摘あり", "minor findings", "△"),
        CheckFinding.Grave => new("重大な指摘あり", "grave findings", "▲"),
        _ => throw new UnreachableException($"No text for {finding}."),
    };

    /// <summary>種類 of what is held.</summary>
    public static Words Of(HoldingKind kind) => kind switch
    {
        HoldingKind.Card => new("カード", "card"),
        HoldingKind.Key => new("鍵", "key"),
        HoldingKind.Belonging => new("貸与品", "lent thing"),
        HoldingKind.Asset => new("機器・媒体・文書", "item, medium or document"),
        HoldingKind.Carried => new("持出し・持込み中の物", "carried thing"),
        HoldingKind.Permit => new("未使用の持出し・持込み許可", "unused carry permit"),
        HoldingKind.Provided => new("外部提供した物・情報", "handed to the firm"),
        HoldingKind.Biometric => new("指の登録情報", "finger template"),
        HoldingKind.Entrusted => new("預託した物・情報", "entrusted"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>種類 of what is entrusted.</summary>
    public static Words Of(EntrustedKind kind) => kind switch
    {
        EntrustedKind.Information => new("情報(複製・書き出しを含む)", "information, copies included"),
        EntrustedKind.Document => new("文書", "document"),
        EntrustedKind.Item => new("機器・媒体", "item or medium"),
        EntrustedKind.Access => new("アカウント・認証情報", "account or credentials"),
        _ => throw new UnreachableException($"No text for {kind}."),
    };

    /// <summary>返却 or 廃棄.</summary>
    public static Words Of(Settlement settlement) => settlement switch
    {
        Settlement.Returned => new("返却", "returned"),
        Settlement.Destroyed => new("廃棄・消去", "destroyed"),
        _ => throw new UnreachableException($"No text for {settlement}."),
    };
}
