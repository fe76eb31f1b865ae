using System.Security.Cryptography;

namespace RoomGuard.Dashboard.Sheets;

/// <summary>
/// Passes on what is written and keeps its digest, for the entry that tells what left the house. What is written without waiting, as a zip does when it ends a part,
/// is held until somebody waits: an answer over HTTP takes no other writes. The stream behind it is left open.
/// </summary>
public sealed class DigestStream(Stream behind) : Stream
{
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream held = new();
    private long position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    // A zip asks how far it is.
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>SHA-256 of all that was written, 64 hex digits; once.</summary>
    public string Sha256() => Convert.ToHexStringLower(digest.GetHashAndReset());

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await PassOnAsync(cancellationToken).ConfigureAwait(false);
        digest.AppendData(buffer.Span);
        position += buffer.Length;
        await behind.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        digest.AppendData(buffer);
        position += buffer.Length;
        held.Write(buffer);
    }

    public override void Flush()
    {
        // Whoever does not wait cannot pass anything on.
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await PassOnAsync(cancellationToken).ConfigureAwait(false);
        await behind.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            digest.Dispose();
            held.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask PassOnAsync(CancellationToken stop)
    {
        if (held.Length > 0)
        {
            await behind.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), stop).ConfigureAwait(false);
            held.SetLength(0);
        }
    }
}
