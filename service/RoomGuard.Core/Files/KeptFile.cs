namespace RoomGuard.Core.Files;

/// <summary>What a file is, by its content and never by its name (R-INP-01).</summary>
public enum FileKind
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Plain text in UTF-8.</summary>
    Text,
}

/// <summary>A file that belongs to an entry of the record. The entry names its digest, so that the chain holds its content too; the content lies beside the record.</summary>
/// <param name="Sha256">Over the content, 64 hex digits.</param>
/// <param name="Name">As it is shown and handed out; its ending follows from <paramref name="Kind"/>.</param>
public sealed record KeptFile(string Sha256, FileKind Kind, string Name, long Bytes);

/// <summary>Why a file is not taken.</summary>
public enum FileRefusal
{
    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It is larger than <see cref="FileRules.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>Its content is none of the kinds that are taken.</summary>
    NotAKind,
}
