using System.Collections.Frozen;
using System.Diagnostics;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Readers;

/// <summary>What concerns readers, as people read it.</summary>
public static class ReaderText
{
    /// <summary>What was done with a reader's key, by <see cref="Doors.ReaderKeyChanged.Kind"/>.</summary>
    public static FrozenDictionary<string, Words> KeyKinds { get; } = new Dictionary<string, Words>
    {
        ["installed"] = new("設定", "installed"),
        ["rotated"] = new("更新", "rotated"),
    }.ToFrozenDictionary();

    /// <summary>A reader's condition.</summary>
    public static Words Of(ReaderCondition condition) => condition switch
    {
        ReaderCondition.Unknown => new("不明", "unknown", "―"),
        ReaderCondition.Online => new("正常", "normal", "○"),
        ReaderCondition.Offline => new("途絶", "silent", "―"),
        ReaderCondition.Tampered => new("覆い開放", "cover open", "■"),
        ReaderCondition.TamperCleared => new("覆いが閉じた", "cover closed", "○"),
        ReaderCondition.IdentityChanged => new("機器相違", "another device", "■"),
        ReaderCondition.Insecure => new("暗号化なし", "not encrypted", "■"),
        ReaderCondition.SuspectTraffic => new("通信改ざんの疑い", "suspect traffic", "■"),
        ReaderCondition.PowerFault => new("電源異常", "power fault", "●"),
        _ => throw new UnreachableException($"No text for {condition}."),
    };

    /// <summary>What staff does about it; null: nothing to do.</summary>
    public static Words? WhatToDo(ReaderCondition condition) => condition switch
    {
        ReaderCondition.Offline => new(
            "読取装置の電源と配線を確かめてください。直るまで手書きの入退室管理簿を使います。",
            "Check the reader's power and cable; use the hand-written register until it answers."),
        ReaderCondition.Tampered => new(
            "現地で読取装置の覆いを確かめ、閉じてください。開けた者が分からなければ情報セキュリティ管理者へ報告してください。",
            "Look at the reader's cover and close it; report to the security manager unless you know who opened it."),
        ReaderCondition.IdentityChanged => new(
            "登録と違う機器がつながっています。交換したのでなければすり替えを疑い、扉を見張って情報セキュリティ管理者へ報告してください。交換したのなら読取装置を登録し直してください。",
            "Another device is connected. Unless it was replaced on purpose, watch the door and report it; if it was, install the reader anew."),
        ReaderCondition.Insecure => new(
            "暗号化された通信になりません。読取装置の鍵を設定し直してください。",
            "The reader made no secure channel: install its key again."),
        ReaderCondition.SuspectTraffic => new(
            "通信線に別の機器がつながれていないか、配線を端から端まで確かめてください。",
            "Follow the cable from end to end and look for another device on it."),
        ReaderCondition.PowerFault => new(
            "読取装置の電源を確かめてください。",
            "Check the reader's power supply."),
        ReaderCondition.Unknown or ReaderCondition.Online or ReaderCondition.TamperCleared => null,
        _ => throw new UnreachableException($"No text for {condition}."),
    };
}
