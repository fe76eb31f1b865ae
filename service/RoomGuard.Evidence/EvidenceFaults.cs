namespace RoomGuard.Evidence;

/// <summary>Why entries could not be made durable.</summary>
public enum EvidenceWriteCause
{
    /// <summary>No space on the medium, or a quota is used up.</summary>
    DiskFull,

    /// <summary>The medium or the file system reported an error, a failed flush included.</summary>
    InputOutput,

    /// <summary>The file or its file system may only be read.</summary>
    ReadOnly,

    /// <summary>Someone else holds the database although the lock file is ours.</summary>
    Busy,

    /// <summary>The database file is damaged.</summary>
    Damaged,

    /// <summary>An earlier failure has not been followed by <see cref="EvidenceLog.Reopen"/>.</summary>
    NotReopened,

    /// <summary>Anything else SQLite reports; the message says what.</summary>
    Other,
}

/// <summary>
/// Entries were not made durable and must not be acknowledged. The log writes nothing more until <see cref="EvidenceLog.Reopen"/> has looked at
/// the medium: after a failed flush the system forgets what it could not write, and a second flush would succeed without it.
/// </summary>
public sealed class EvidenceWriteException : IOException
{
    /// <summary>A failure without more to say.</summary>
    public EvidenceWriteException()
    {
    }

    /// <summary>A failure in words.</summary>
    public EvidenceWriteException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in words, with what led to it.</summary>
    public EvidenceWriteException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure with its cause.</summary>
    public EvidenceWriteException(EvidenceWriteCause cause, string message, Exception? innerException = null)
        : base(message, innerException) => Cause = cause;

    /// <summary>Why.</summary>
    public EvidenceWriteCause Cause { get; } = EvidenceWriteCause.Other;
}

/// <summary>What lies on the medium is not a whole log of ours: the message names the file, the first bad entry and what disagrees. Nothing was changed.</summary>
public sealed class EvidenceDamagedException : IOException
{
    /// <summary>Damage without more to say.</summary>
    public EvidenceDamagedException()
    {
    }

    /// <summary>Damage in words.</summary>
    public EvidenceDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Damage in words, with what led to it.</summary>
    public EvidenceDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Another process (or another part of this one) is writing this log. The message names the file and, where known, the process.</summary>
public sealed class EvidenceInUseException : IOException
{
    /// <summary>In use, without more to say.</summary>
    public EvidenceInUseException()
    {
    }

    /// <summary>In use, in words.</summary>
    public EvidenceInUseException(string message)
        : base(message)
    {
    }

    /// <summary>In use, in words, with what led to it.</summary>
    public EvidenceInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
