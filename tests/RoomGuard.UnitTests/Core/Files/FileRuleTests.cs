using System.Text;
using RoomGuard.Core.Files;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Core.Files;

/// <summary>What a file is by its content, and what becomes of its name.</summary>
public class FileRuleTests
{
    private static readonly byte[] Png =
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55,
        0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 0xFF, 0xD9];

    [Fact]
    [Requirement("R-INP-01")]
    public void A_file_is_what_its_content_is_and_nothing_else_is_taken()
    {
        Assert.Equal(FileKind.Png, FileRules.KindOf(Png));
        Assert.Equal(FileKind.Jpeg, FileRules.KindOf(Jpeg));
        Assert.Equal(FileKind.Jpeg, FileRules.KindOf([.. Jpeg, .. "more of the camera"u8]));
        Assert.Equal(FileKind.Pdf, FileRules.KindOf("%PDF-1.7\n1 0 obj\n%%EOF\n"u8));
        Assert.Equal(FileKind.Text, FileRules.KindOf("結果: 正常\r\n\t以上"u8));

        // Half a picture, a program, an archive, an old office file, a page of another code, an escape sequence.
        foreach (var other in new byte[][]
        {
            Png[..^4], [.. Png, .. "<script>"u8], Jpeg[..^2], [.. "%PDF-1.7 and no end"u8], [.. "MZ"u8, 0, 1], [.. "PK"u8, 3, 4, 0], [0xD0, 0xCF, 0x11, 0xE0], [0x83, 0x65, 0x83, 0x58], [.. "\u001b[2J"u8], [.. "a"u8, 0],
        })
        {
            Assert.Null(FileRules.KindOf(other));
        }
    }

    [Fact]
    [Requirement("R-INP-01")]
    public void Empty_and_too_large_files_are_not_taken_and_the_largest_is()
    {
        Assert.Equal(FileRefusal.Empty, FileRules.Against([], out _));
        var most = Encoding.ASCII.GetBytes(new string('a', FileRules.MostBytes));
        Assert.Null(FileRules.Against(most, out var kind));
        Assert.Equal(FileKind.Text, kind);
        Assert.Equal(FileRefusal.TooLarge, FileRules.Against([.. most, 97], out _));
        Assert.Equal(FileRefusal.NotAKind, FileRules.Against("GIF89a\0"u8, out _));
    }

    [Theory]
    [InlineData("ラック正面.PNG", FileKind.Png, "ラック正面.png")]
    [InlineData("写真.JPEG", FileKind.Jpeg, "写真.jpg")]
    [InlineData("update.php.png", FileKind.Png, "update.php.png")]
    [InlineData("invoice.pdf.exe", FileKind.Pdf, "invoice.pdf.exe.pdf")]
    [InlineData("../../etc/passwd", FileKind.Text, "passwd.txt")]
    [InlineData(@"C:\fakepath\..\log.txt", FileKind.Text, "log.txt")]
    [InlineData("a\0b\r\n\"c\".txt", FileKind.Text, "abc.txt")]
    [InlineData("photo\u202Egnp.exe", FileKind.Png, "photognp.exe.png")]
    [InlineData("con.txt", FileKind.Text, "_con.txt")]
    [InlineData("LPT1.log", FileKind.Text, "_LPT1.log.txt")]
    [InlineData(".htaccess", FileKind.Text, "htaccess.txt")]
    [InlineData("=cmd|' C calc'!A0.txt", FileKind.Text, "cmd' C calc'!A0.txt")]
    [InlineData("..", FileKind.Pdf, "file.pdf")]
    [InlineData("", FileKind.Pdf, "file.pdf")]
    [InlineData(null, FileKind.Pdf, "file.pdf")]
    [Requirement("R-INP-01")]
    public void A_name_has_no_folders_no_commands_and_the_ending_of_what_the_file_is(string? sent, FileKind kind, string name) => Assert.Equal(name, FileRules.NameOf(sent, kind));

    [Fact]
    public void A_long_name_is_cut_between_letters()
    {
        var name = FileRules.NameOf(string.Concat(Enumerable.Repeat("𠮷", 200)), FileKind.Png);
        Assert.Equal(84, name.Length);
        Assert.DoesNotContain('\uFFFD', name);
    }
}
