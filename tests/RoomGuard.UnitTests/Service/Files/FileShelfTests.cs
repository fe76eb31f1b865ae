using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Files;
using RoomGuard.Service.Files;
using Xunit;

namespace RoomGuard.UnitTests.Service.Files;

/// <summary>Contents beside the record: once each, durable, and handed out only as they were.</summary>
public sealed class FileShelfTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-files-").FullName;

    private string Place => Path.Combine(folder, "files.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_kept_is_there_after_a_restart_once_and_for_the_owner_alone()
    {
        var (files, problems) = FileShelf.Look("files", [new("a.txt", "a"u8.ToArray()), new("b.txt", "a"u8.ToArray())], 10);
        Assert.Empty(problems);
        using (var shelf = new FileShelf(Place))
        {
            shelf.Keep(files);
            shelf.Keep(files);
        }

        using var again = new FileShelf(Place);
        Assert.Equal(1, again.Count);
        Assert.Equal("a"u8.ToArray(), again.Content(files[1].Kept.Sha256));
        Assert.Null(again.Content(new('0', 64)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Place));
    }

    [Fact]
    public void A_content_that_was_changed_behind_its_back_is_never_handed_out()
    {
        var (files, _) = FileShelf.Look("files", [new("a.txt", "a"u8.ToArray())], 10);
        using var shelf = new FileShelf(Place);
        shelf.Keep(files);
        using (var other = new SqliteConnection($"Data Source={Place};Pooling=False"))
        {
            other.Open();
            using var spoil = other.CreateCommand();
            spoil.CommandText = "UPDATE contents SET bytes = x'62'";
            Assert.Equal(1, spoil.ExecuteNonQuery());
        }

        Assert.Null(shelf.Content(files[0].Kept.Sha256));
    }

    [Fact]
    public void Every_file_that_is_not_taken_is_named_with_its_reason_and_too_many_are_refused_together()
    {
        ImmutableArray<SentFile> sent = [new("a.txt", "a"u8.ToArray()), new("empty.txt", default), new("x/evil.exe", "MZ\0"u8.ToArray())];
        var (files, problems) = FileShelf.Look("files", sent, 10);
        Assert.Single(files);
        Assert.Equal([new("files", FieldFault.FileEmpty, "empty"), new("files", FieldFault.FileNotTaken, "evil.exe")], problems.AsEnumerable());
        Assert.Equal(new("files", FieldFault.TooManyFiles, "2"), FileShelf.Look("files", sent, 2).Problems.Single());
    }
}
