using RoomGuard.Hosting;
using RoomGuard.Service;
using RoomGuard.Service.Notices;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service.Notices;

public sealed class NoticeSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("roomguard-notices-").FullName;

    private static readonly NoticeSettings Good = new(
        [
            new("mail", Mail: new("mail.kakuu.example", 587, "roomguard@kakuu.example", UserName: "roomguard", PasswordFile: "/etc/roomguard/mail.password")),
            new("collector", Syslog: new("192.0.2.9")),
            new("desk", Webhook: new("https://desk.kakuu.example/roomguard", "/etc/roomguard/desk.key")),
        ],
        [new("FAC-DUTY", [new("mail", "duty@kakuu.example"), new("desk")]), new("*", [new("collector")])],
        [
            new("mail.kakuu.example:587", "R8.4.1 決裁 第12号", "R8.4.1 決裁 第13号"),
            new("192.0.2.9:6514", "R8.4.1 決裁 第12号", "R8.4.1 決裁 第13号"),
            new("desk.kakuu.example:443", "R8.4.1 決裁 第12号", "R8.4.1 決裁 第13号"),
        ],
        new(["desk", "collector"]),
        "https://roomguard.kakuu.example:7443");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Settings_as_the_document_has_them_are_good() => Assert.Empty(Good.Problems("notices"));

    [Fact]
    [Requirement("R-NET-05")]
    public void A_target_that_CHIEF_and_SUP_have_not_allowed_is_refused_at_start()
    {
        var problem = Assert.Single((Good with { Allowed = [.. Good.Allowed.Skip(1)] }).Problems("notices"));
        Assert.Contains("mail.kakuu.example:587 is not in notices.allowed", problem, StringComparison.Ordinal);
        Assert.Contains("R-NET-05", problem, StringComparison.Ordinal);

        Assert.Contains("notices.allowed.0:", Assert.Single((Good with { Allowed = [Good.Allowed[0] with { Sup = " " }, .. Good.Allowed.Skip(1)] }).Problems("notices")), StringComparison.Ordinal);
        Assert.Contains("192.0.2.9:601 is not", Assert.Single(With(Good.Channels[1] with { Syslog = new("192.0.2.9", 601) }).Problems("notices")), StringComparison.Ordinal);
        Assert.Empty(With(Good.Channels[1] with { Syslog = new("127.0.0.1", 601) }).Problems("notices"));
    }

    [Fact]
    [Requirement("R-NET-03")]
    public void Mail_in_clear_needs_a_reason_and_a_password_never_goes_in_clear()
    {
        var clear = Good.Channels[0] with { Mail = new("mail.kakuu.example", 587, "roomguard@kakuu.example", MailSecurity.None) };
        Assert.Contains("clearTextReason", Assert.Single(With(clear).Problems("notices")), StringComparison.Ordinal);
        Assert.Empty(With(clear with { Mail = clear.Mail! with { ClearTextReason = "中継は同じ架の専用線" } }).Problems("notices"));
        Assert.Contains("never sent in clear", Assert.Single(With(clear with { Mail = clear.Mail! with { Host = "127.0.0.1", UserName = "x", PasswordFile = "y" } }).Problems("notices")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duty@kakuu.example\r\nBcc: x@y")]
    [InlineData("当番")]
    [InlineData(null)]
    public void An_address_that_is_none_is_named(string? to) => Assert.Contains(
        "notices.contacts.0.channels.0.to",
        Assert.Single((Good with { Contacts = [new("FAC-DUTY", [new("mail", to)])] }).Problems("notices")),
        StringComparison.Ordinal);

    [Fact]
    public void What_does_not_fit_together_is_named_with_its_place()
    {
        Assert.Contains("exactly one of", Assert.Single(With(Good.Channels[0] with { Syslog = new("192.0.2.9") }).Problems("notices")), StringComparison.Ordinal);
        Assert.Contains("is no channel", Assert.Single((Good with { Contacts = [new("A", [new("pager")])] }).Problems("notices")), StringComparison.Ordinal);
        Assert.Contains("Nobody misses a mail", Assert.Single((Good with { Heartbeat = new(["mail"]) }).Problems("notices")), StringComparison.Ordinal);
        Assert.Contains("stands twice", Assert.Single((Good with { Contacts = [new("A", [new("desk")]), new("A", [new("desk")])] }).Problems("notices")), StringComparison.Ordinal);
        Assert.Contains("notices.link", Assert.Single((Good with { Link = "javascript:alert(1)" }).Problems("notices")), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", string.Join(' ', With(Good.Channels[2] with { Webhook = new("https://me:hush@desk.kakuu.example/", "k") }).Problems("notices")), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-CFG-11")]
    public void A_secret_others_may_read_stops_the_start_and_is_not_shown()
    {
        var path = Path.Combine(folder, "desk.key");
        File.WriteAllText(path, new string('h', 40) + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Wrong(path), StringComparison.Ordinal);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Equal(40, NoticeSecrets.Secret(path, "x", 32).Length);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, "hush-my-dear");
        Assert.Contains("12 bytes and needs 32", Wrong(path), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", Wrong(path), StringComparison.Ordinal);
        Assert.Contains("there is no file", Wrong(path + ".none"), StringComparison.Ordinal);
        Assert.Contains("holds no certificate", Assert.Throws<SettingsException>(() => NoticeSecrets.Authorities(path, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_in_the_document_can_be_read()
    {
        var text = string.Join('\n', Source.SourceTree.Lines("docs/notices.md"));
        var begin = text.IndexOf("```json\n\"notices\": {", StringComparison.Ordinal) + "```json\n\"notices\": ".Length;
        var read = System.Text.Json.JsonSerializer.Deserialize(text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)], ServiceSettingsJson.Default.NoticeSettings)!;

        Assert.Empty(read.Problems("notices"));
        Assert.Equal(["mail", "syslog", "webhook"], read.Channels.Select(channel => channel.Sort));
    }

    private static NoticeSettings With(ChannelSettings channel) => Good with { Channels = [.. Good.Channels.Select(one => one.Name == channel.Name ? channel : one)] };

    private static string Wrong(string path) => Assert.Throws<SettingsException>(() => NoticeSecrets.Secret(path, "notices.channels \"desk\"", 32)).Message;
}
