using System.Globalization;
using System.Text;
using RoomGuard.Evidence;
using RoomGuard.Evidence.Merkle;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Evidence;

/// <summary>Evidence-log.md section 11, in the form a log has in its database: each change is refused, with its reason and its place.</summary>
public sealed class EvidenceCheckTests : IDisposable
{
    private const int Entries = 300;

    private readonly ALog place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void A_genuine_log_is_whole_and_its_head_is_the_trees()
    {
        place.With(Entries);
        var report = EvidenceCheck.Run(place.File);

        Assert.True(report.Whole);
        Assert.Equal((Entries, Entries, 1), (report.Entries, report.Payloads, report.Boots));
        Assert.Equal(ALog.Origin, report.Origin);
        Assert.Equal(ALog.Nine, report.FirstAt);
        using var log = place.Open();
        Assert.Equal(log.Head(), report.Head.ToArray());
        Assert.Null(report.FirstBadEntry);
    }

    [Fact]
    public void An_empty_log_is_whole()
    {
        place.Open().Dispose();
        var report = EvidenceCheck.Run(place.File);

        Assert.True(report.Whole);
        Assert.Equal(TreeHash.Empty, report.Head.ToArray());
    }

    [Theory]
    [Requirement("R-LOG-02")]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(Entries - 1)]
    public void Any_character_of_an_entry_changed_is_found_at_that_entry(int n)
    {
        place.With(Entries);
        foreach (var at in new[] { 1, 40, 90, 200 })
        {
            using var copy = new CopyOf(place);
            copy.Log.Tamper($"UPDATE log_entries SET envelope = CAST(substr(envelope, 1, {at}) || char(unicode(substr(CAST(envelope AS TEXT), {at} + 1, 1)) + 1) || substr(envelope, {at} + 2) AS BLOB) WHERE n = {n}");

            AssertFound(copy.Log, n, CheckSource.Leaf, CheckFault.LeafDiffers);
        }
    }

    [Fact]
    public void The_last_byte_of_the_last_entry_cut_is_found()
    {
        place.With(Entries).Tamper($"UPDATE log_entries SET envelope = substr(envelope, 1, length(envelope) - 1) WHERE n = {Entries - 1}");

        AssertFound(place, Entries - 1, CheckSource.Leaf, CheckFault.LeafDiffers);
    }

    [Fact]
    public void A_leaf_hash_changed_is_found()
    {
        place.With(Entries).Tamper("UPDATE log_entries SET leaf = zeroblob(32) WHERE n = 17");

        AssertFound(place, 17, CheckSource.Leaf, CheckFault.LeafDiffers);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(Entries - 2)]
    public void An_entry_and_its_leaf_changed_together_break_the_chain_at_that_entry(int n)
    {
        place.With(Entries);
        Rewrite(n, envelope => envelope with { Kind = "door.forced" });

        AssertFound(place, n, CheckSource.Chain, CheckFault.ChainBroken);
        Assert.Contains(EvidenceCheck.Run(place.File).Findings, finding => finding.Source is CheckSource.Tree);
    }

    [Fact]
    public void The_last_entry_changed_with_its_leaf_disagrees_with_the_tree()
    {
        place.With(Entries - 1);
        Rewrite(Entries - 2, envelope => envelope with { Kind = "door.forced" });

        AssertFound(place, Entries - 2, CheckSource.Tree, CheckFault.TreeDiffers);
    }

    [Fact]
    public void Everything_rewritten_from_the_middle_on_with_leaves_and_chain_disagrees_with_the_kept_tree()
    {
        place.With(Entries);
        var entries = ReadAll();
        var leaf = entries[99].Leaf;
        var changes = new StringBuilder("BEGIN;");
        for (var n = 100; n < Entries; n++)
        {
            Assert.True(Envelope.TryRead(entries[n].Envelope, out var envelope));
            var bytes = (envelope! with { Previous = leaf, Kind = n == 100 ? "door.forced" : envelope.Kind }).ToBytes();
            leaf = TreeHash.Leaf(bytes);
            changes.Append(CultureInfo.InvariantCulture, $"UPDATE log_entries SET envelope = x'{Convert.ToHexString(bytes)}', leaf = x'{Convert.ToHexString(leaf)}' WHERE n = {n};");
        }

        place.Tamper(changes.Append("COMMIT").ToString());

        var report = EvidenceCheck.Run(place.File);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((CheckSource.Tree, CheckFault.TreeDiffers), (finding.Source, finding.Fault));
        Assert.StartsWith("entries 0 to 255", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_removed_is_found_by_its_number()
    {
        place.With(Entries).Tamper("DELETE FROM log_entries WHERE n = 120; DELETE FROM log_payloads WHERE n = 120");

        AssertFound(place, 120, CheckSource.Envelope, CheckFault.EntryMissing);
    }

    [Fact]
    public void An_entry_removed_and_the_rest_moved_up_is_found_by_number_and_chain()
    {
        place.With(Entries).Tamper(
            """
            DELETE FROM log_entries WHERE n = 120; DELETE FROM log_payloads WHERE n = 120;
            UPDATE log_entries SET n = -n WHERE n > 120; UPDATE log_entries SET n = -n - 1 WHERE n < 0;
            UPDATE log_payloads SET n = -n WHERE n > 120; UPDATE log_payloads SET n = -n - 1 WHERE n < 0;
            """);

        var report = EvidenceCheck.Run(place.File);
        Assert.Equal(119, report.FirstBadEntry);
        Assert.Contains(report.Findings, finding => finding is { N: 119, Fault: CheckFault.ChainBroken });
        Assert.Contains(report.Findings, finding => finding is { N: 120, Fault: CheckFault.WrongNumber });
        Assert.Contains(report.Findings, finding => finding.Fault is CheckFault.TreeSizeDiffers);
    }

    [Fact]
    public void Two_entries_exchanged_are_found()
    {
        place.With(Entries).Tamper("UPDATE log_entries SET n = -1 WHERE n = 50; UPDATE log_entries SET n = 50 WHERE n = 51; UPDATE log_entries SET n = 51 WHERE n = -1");

        AssertFound(place, 49, CheckSource.Chain, CheckFault.ChainBroken);
        Assert.Contains(EvidenceCheck.Run(place.File).Findings, finding => finding is { N: 50, Fault: CheckFault.WrongNumber });
    }

    [Fact]
    [Requirement("R-LOG-02")]
    public void The_end_cut_off_disagrees_with_the_tree()
    {
        place.With(Entries).Tamper($"DELETE FROM log_entries WHERE n >= {Entries - 5}; DELETE FROM log_payloads WHERE n >= {Entries - 5}");

        AssertFound(place, Entries - 5, CheckSource.Tree, CheckFault.TreeSizeDiffers);
        Assert.Throws<EvidenceDamagedException>(place.Open);
    }

    [Fact]
    public void The_kept_tree_changed_is_found()
    {
        place.With(Entries).Tamper("UPDATE log_tree SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)");

        var finding = Assert.Single(EvidenceCheck.Run(place.File).Findings);
        Assert.Equal((null, CheckSource.Tree, CheckFault.TreeDiffers), (finding.N, finding.Source, finding.Fault));
    }

    [Theory]
    [InlineData("UPDATE log_payloads SET payload = CAST('{\"person\":\"S-1\"}' AS BLOB) WHERE n = 33")]
    [InlineData("UPDATE log_payloads SET payload = (SELECT payload FROM log_payloads WHERE n = 34) WHERE n = 33")]
    [InlineData("UPDATE log_payloads SET salt = (SELECT salt FROM log_payloads WHERE n = 34) WHERE n = 33")]
    [InlineData("UPDATE log_payloads SET (payload, salt) = (SELECT payload, salt FROM log_payloads WHERE n = 34) WHERE n = 33")]
    public void A_payload_or_salt_that_is_another_ones_is_found(string sql)
    {
        place.With(Entries).Tamper(sql);

        AssertFound(place, 33, CheckSource.Payload, CheckFault.CommitmentDiffers);
    }

    [Fact]
    public void A_payload_taken_away_in_silence_is_found()
    {
        place.With(Entries).Tamper("DELETE FROM log_payloads WHERE n = 200");

        AssertFound(place, 200, CheckSource.Payload, CheckFault.PayloadMissing);
    }

    [Fact]
    public void Rows_that_belong_to_no_entry_are_found()
    {
        place.With(3).Tamper("INSERT INTO log_payloads SELECT 77, payload, salt FROM log_payloads WHERE n = 0; INSERT INTO log_sources VALUES('bridge-1', 9, 78)");

        var report = EvidenceCheck.Run(place.File);
        Assert.Equal([CheckFault.PayloadWithoutEntry, CheckFault.SourceNumberWithoutEntry], report.Findings.Select(finding => finding.Fault));
        Assert.Equal([77L, 78L], report.Findings.Select(finding => finding.N!.Value));
    }

    [Fact]
    public void An_entry_that_is_not_canonical_is_found_even_when_leaf_and_chain_fit()
    {
        place.With(1);
        var entry = ReadAll()[0];
        var spaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Envelope).Replace("\"b\":", "\"b\": ", StringComparison.Ordinal));
        var leaf = Convert.ToHexString(TreeHash.Leaf(spaced));
        place.Tamper($"UPDATE log_entries SET envelope = x'{Convert.ToHexString(spaced)}', leaf = x'{leaf}'; UPDATE log_tree SET hashes = x'{leaf}'");

        AssertFound(place, 0, CheckSource.Envelope, CheckFault.EnvelopeNotCanonical);
    }

    [Fact]
    public void A_boot_count_or_time_since_boot_that_goes_back_is_found()
    {
        place.With(3);
        place.With(3);
        var entries = ReadAll();
        Assert.True(Envelope.TryRead(entries[4].Envelope, out var fourth));
        Assert.True(fourth!.Boot == 2 && fourth.SinceBoot > 0);

        using (var bootBack = new CopyOf(place))
        {
            Rewrite(4, envelope => envelope with { Boot = 1 }, bootBack.Log);
            Assert.Contains(EvidenceCheck.Run(bootBack.Log.File).Findings, finding => finding is { N: 4, Fault: CheckFault.BootWentBack });
        }

        using (var timeBack = new CopyOf(place))
        {
            Rewrite(4, envelope => envelope with { SinceBoot = 0 }, timeBack.Log);
            Assert.Contains(EvidenceCheck.Run(timeBack.Log.File).Findings, finding => finding is { N: 4, Fault: CheckFault.SinceBootWentBack });
        }

        using var unknown = new CopyOf(place);
        Rewrite(5, envelope => envelope with { Boot = 9 }, unknown.Log);
        Assert.Contains(EvidenceCheck.Run(unknown.Log.File).Findings, finding => finding is { N: 5, Fault: CheckFault.BootUnknown });
    }

    [Fact]
    public void A_damaged_page_is_named_and_what_lies_before_it_is_still_looked_at()
    {
        place.With(Entries);
        using (var file = File.OpenWrite(place.File))
        {
            file.Seek(file.Length * 2 / 3, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xA5, 3 * 4096).ToArray());
        }

        var report = EvidenceCheck.Run(place.File);
        Assert.False(report.Whole);
        Assert.NotNull(report.FirstBadEntry);
    }

    [Fact]
    public void A_file_that_is_no_log_cannot_be_read_as_one()
    {
        File.WriteAllText(place.File, "no database at all, only text that is long enough to be looked at: " + new string('x', 5000));
        Assert.Throws<EvidenceDamagedException>(() => EvidenceCheck.Run(place.File));

        File.Delete(place.File);
        place.Tamper("CREATE TABLE something(n)");
        Assert.Throws<EvidenceDamagedException>(() => EvidenceCheck.Run(place.File));
        Assert.Throws<FileNotFoundException>(() => EvidenceCheck.Run(place.File + "x"));
    }

    [Fact]
    public void A_live_log_is_checked_beside_its_writer()
    {
        using var log = place.Open();
        for (var round = 0; round < 20; round++)
        {
            log.Append([ALog.Entry(2 * round), ALog.Entry((2 * round) + 1)]);
            var report = EvidenceCheck.Run(place.File);
            Assert.True(report.Whole);
            Assert.Equal(log.Size, report.Entries);
            Assert.Equal(log.Head(), report.Head.ToArray());
        }
    }

    [Fact]
    public void A_copy_is_checked_without_leaving_a_trace_beside_it()
    {
        using var log = place.Open();
        log.Append([ALog.Entry(0), ALog.Entry(1)]);
        var folder = Directory.CreateDirectory(Path.Combine(place.Folder, "copy")).FullName;
        File.Copy(place.File, Path.Combine(folder, "log.db"));
        File.Copy(place.File + "-wal", Path.Combine(folder, "log.db-wal"));
        var before = Directory.EnumerateFiles(folder).ToDictionary(file => file, File.ReadAllBytes);

        Assert.True(EvidenceCheck.Run(Path.Combine(folder, "log.db")) is { Whole: true, Entries: 2 });
        Assert.Equal(before.Keys.Order(), Directory.EnumerateFiles(folder).Order());
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public void Every_fault_and_source_has_its_words()
    {
        Assert.All(Enum.GetValues<CheckFault>(), fault => Assert.False(CheckText.Ja(fault).Length == 0 || CheckText.En(fault).Length == 0));
        Assert.All(Enum.GetValues<CheckSource>(), source => Assert.NotEmpty(CheckText.Ja(source)));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void The_same_entries_in_any_grouping_and_over_any_restarts_give_the_same_payloads_and_numbers(int seed)
    {
        var chance = new Random(seed);
        var written = 0;
        while (written < 200)
        {
            using var log = place.Open();
            for (var appends = chance.Next(1, 12); appends > 0 && written < 200; appends--)
            {
                var group = chance.Next(1, Math.Min(20, 200 - written) + 1);
                log.Append([.. Enumerable.Range(written, group).Select(number => ALog.Entry(number))]);
                written += group;
            }
        }

        Assert.True(EvidenceCheck.Run(place.File, new() { Threads = 1 }) is { Whole: true, Entries: 200 });
        Assert.All(ReadAll().Index(), entry => Assert.Equal(
            CanonicalJson.Canonicalise(ALog.Entry(entry.Index).Payload.Span), entry.Item.Payload));
    }

    private static void AssertFound(ALog log, long n, CheckSource source, CheckFault fault)
    {
        var report = EvidenceCheck.Run(log.File);
        Assert.False(report.Whole);
        Assert.Equal((n, source, fault), (report.FirstBadEntry!.Value, report.Findings[0].Source, report.Findings[0].Fault));
    }

    private List<StoredEntry> ReadAll()
    {
        using var log = place.Open();
        return [.. log.Read(0, int.MaxValue)];
    }

    private void Rewrite(int n, Func<Envelope, Envelope> change, ALog? elsewhere = null)
    {
        Assert.True(Envelope.TryRead(ReadAll()[n].Envelope, out var envelope));
        var bytes = change(envelope!).ToBytes();
        (elsewhere ?? place).Tamper(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE log_entries SET envelope = x'{Convert.ToHexString(bytes)}', leaf = x'{Convert.ToHexString(TreeHash.Leaf(bytes))}' WHERE n = {n}"));
    }

    private sealed class CopyOf : IDisposable
    {
        public CopyOf(ALog log)
        {
            Log = new();
            File.Copy(log.File, Log.File);
        }

        public ALog Log { get; }

        public void Dispose() => Log.Dispose();
    }
}
