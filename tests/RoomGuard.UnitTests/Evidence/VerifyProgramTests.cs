using System.Text.Json;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

public sealed class VerifyProgramTests : IDisposable
{
    private readonly ALog place = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void A_whole_log_ends_with_zero_and_says_so_in_both_languages()
    {
        place.With(10);

        Assert.Equal(0, Run(place.Folder));
        Assert.Contains("判定: 正常", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Verdict: whole", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("R-LOG-02")]
    public void A_changed_log_ends_with_one_and_names_the_first_bad_entry_and_what_disagrees()
    {
        place.With(10).Tamper("UPDATE log_payloads SET payload = CAST('{}' AS BLOB) WHERE n = 4");

        Assert.Equal(1, Run(place.File));
        Assert.Contains("最初の異常は記録 4", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("First bad entry: 4", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Payload:", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_get_json()
    {
        place.With(10).Tamper("DELETE FROM log_payloads WHERE n = 7");

        Assert.Equal(1, Run(place.File, "--json"));
        using var report = JsonDocument.Parse(output.ToString());
        var log = report.RootElement.GetProperty("logs")[0];
        Assert.False(report.RootElement.GetProperty("whole").GetBoolean());
        Assert.Equal(7, log.GetProperty("firstBadEntry").GetInt64());
        Assert.Equal("PayloadMissing", log.GetProperty("findings")[0].GetProperty("fault").GetString());
    }

    [Fact]
    public void Wrong_use_ends_with_two_and_what_cannot_be_read_with_three()
    {
        Assert.Equal(2, Run());
        Assert.Equal(2, Run("--help"));
        Assert.Equal(2, Run(place.File, place.File));
        Assert.Equal(3, Run(place.File));
        Assert.Equal(3, Run(place.Folder));
        File.WriteAllText(place.File, "text");
        Assert.Equal(3, Run(place.File));
        Assert.Contains(place.File, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_log_is_found_in_its_folder()
    {
        using var log = place.Open();
        log.Append([ALog.Entry(0)]);

        Assert.Equal(0, Run(place.Folder));
        Assert.Contains(ALog.Origin, output.ToString(), StringComparison.Ordinal);
    }

    private int Run(params string[] args) => Verify.Program.Run(args, output, errors, showProgress: false);
}
