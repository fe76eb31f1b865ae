namespace RoomGuard.Core.Readers;

/// <summary>How far a reader can be trusted at this moment (R-DOOR-17).</summary>
public enum ReaderCondition
{
    /// <summary>不明: never heard since start.</summary>
    Unknown,

    /// <summary>正常: answers, is the enrolled one, on a secure channel where one is required.</summary>
    Online,

    /// <summary>途絶: no valid reply for 8 s.</summary>
    Offline,

    /// <summary>覆い開放: the reader says its cover is open.</summary>
    Tampered,

    /// <summary>覆いが閉じた: tamper is over.</summary>
    TamperCleared,

    /// <summary>機器相違: vendor, model or serial is not the enrolled one; it may have been swapped.</summary>
    IdentityChanged,

    /// <summary>暗号化なし: a secure channel is required and the reader did not make one.</summary>
    Insecure,

    /// <summary>通信改ざんの疑い: wrong MACs in a row, or a second controller on the bus.</summary>
    SuspectTraffic,

    /// <summary>電源異常 reported by the reader.</summary>
    PowerFault,
}
