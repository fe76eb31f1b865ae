using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Files;
using RoomGuard.Dashboard.Hosting;

namespace RoomGuard.Dashboard.Files;

/// <summary>A file as a browser sent it: nothing of it is believed yet, least of all its name and the kind it says it is.</summary>
public sealed record SentFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>A file that is handed out.</summary>
public sealed record FileContent(KeptFile File, ReadOnlyMemory<byte> Content);

/// <summary>Files in forms, and how they are handed out again (R-WORK-01).</summary>
internal static class FileForms
{
    /// <summary>Body of a form with so many files in it; what is larger is turned away before it is read.</summary>
    public static long MostBody(int files) => ((long)files * FileRules.MostBytes) + (1 << 20);

    /// <summary>The files of a field; one beyond the largest size is read just far enough to be refused for it.</summary>
    /// <param name="most">Files beyond these and one more are not read at all.</param>
    public static async Task<ImmutableArray<SentFile>> Read(PageRequest request, string field, int most)
    {
        var found = ImmutableArray.CreateBuilder<SentFile>();

        // A file field nobody touched is sent without a name and without content.
        foreach (var file in request.Form.Files.GetFiles(field).Where(file => file.FileName.Length > 0 || file.Length > 0).Take(most + 1))
        {
            var bytes = new byte[Math.Min(file.Length, FileRules.MostBytes + 1)];
            await using var content = file.OpenReadStream();
            await content.ReadExactlyAsync(bytes, request.Gone).ConfigureAwait(false);
            found.Add(new(file.FileName, bytes));
        }

        return found.DrainToImmutable();
    }

    /// <summary>The file to be saved and never to be shown in place: as an attachment, by the kind its content has, and not to be guessed at.</summary>
    public static IResult Give(FileContent file) => TypedResults.Bytes(file.Content, FileRules.MediaTypeOf(file.File.Kind), file.File.Name);
}
