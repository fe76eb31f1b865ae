using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.People;
using RoomGuard.Service.Panels;
using RoomGuard.Service.People;
using RoomGuard.Service.Record;
using RoomGuard.TestKit;
using Xunit;

namespace RoomGuard.UnitTests.Service;

public sealed class PeopleTests
{
    private static readonly Actor Me = new(new("A-0001"), new("S-9001"), "検査 太郎", "検査係", PersonCategory.Staff, Privileged: false, [.. new[] { Role.SupervisingOfficer, Role.SecurityManager, Role.SystemManager }.Select(Held)]);
    private static readonly Actor Bringer = Me with { Account = new("A-0002"), Person = new("S-9002"), Name = "取込 花子" };
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly PersonForm Takahashi = new(new("S-0217"), "髙橋 翔太", "たかはし しょうた", PersonCategory.Staff, "情報政策課", null, null);

    // Bits of the reader sheet's vectors, which stem from a program that is not ours.
    [Theory]
    [InlineData("H10301", 4, 32077, "00000010001111101010011010")]
    [InlineData("H10301", 255, 65535, "01111111111111111111111111")]
    [InlineData("H10306", 1234, 56789, "1000001001101001011011101110101010")]
    [InlineData("Corporate1000-35", 1234, 56789, "01010011010010000011011101110101010")]
    [InlineData("Corporate1000-35", 4095, 1048575, "10111111111111111111111111111111110")]
    [InlineData("H10304", 65535, 524287, "0111111111111111111111111111111111111")]
    [InlineData("H10302", null, 1234567890, "1000010010011001011000000010110100101")]
    public void A_printed_number_becomes_the_bits_a_reader_sends(string format, int? facility, long number, string bits) =>
        Assert.Equal($"{format}:{bits}", PrintedCard.Canonical(format, facility, number));

    [Theory]
    [InlineData("髙﨑 邉", "高崎辺")]
    [InlineData("ﾀｶﾊｼ", "たかはし")]
    [InlineData("ＡＢＣ　ｄ", "abcd")]
    [InlineData("齋藤", "斉藤")]
    [InlineData("𠮷田", "吉田")]
    public void Names_that_are_one_to_their_bearers_fold_to_one(string one, string other) => Assert.Equal(PeopleWords.Fold(other), PeopleWords.Fold(one));

    [Theory]
    [InlineData("がくと", 'か')]
    [InlineData("ゔぃくとる", 'あ')]
    [InlineData("ワタナベ", 'わ')]
    [InlineData("Smith", '他')]
    [InlineData("", '他')]
    public void A_reading_stands_in_its_row_of_the_index(string kana, char row) => Assert.Equal(row, PeopleWords.KanaRow(kana));

    [Fact]
    [Requirement("R-ID-02")]
    public async Task A_card_belongs_to_one_person_until_it_is_returned()
    {
        await using var rig = new ServiceRig();
        _ = await rig.People.AddPerson(Takahashi, Me, Never);
        _ = await rig.People.AddPerson(Takahashi with { Id = new("S-0300"), Name = "日向 直子" }, Me, Never);
        var card = new CardForm(new("S-0217"), "H10301", 4, 32077, null, null);
        var first = await rig.People.IssueCard(card, Me, Never);

        Assert.Equal(new FieldProblem("number", FieldFault.CardTaken, first.Id), Assert.Single((await rig.People.IssueCard(card with { Person = new("S-0300") }, Me, Never)).Problems));

        Assert.True((await rig.People.SetCardState(new(first.Id!), CredentialState.Returned, "退職", Me, Never)).Ok);
        Assert.True((await rig.People.IssueCard(card with { Person = new("S-0300") }, Me, Never)).Ok);
    }

    [Fact]
    [Requirement("R-ID-08")]
    public async Task A_lost_card_is_ordered_off_at_once_and_never_comes_back()
    {
        await using var rig = new ServiceRig();
        _ = await rig.People.AddPerson(Takahashi, Me, Never);
        var card = new CredentialId((await rig.People.IssueCard(new(new("S-0217"), "H10301", 4, 1, null, null), Me, Never)).Id!);

        Assert.True((await rig.People.SetCardState(card, CredentialState.Lost, "電車で紛失", Me, Never)).Ok);

        Assert.Equal(["person.recorded", "credential.recorded", "credential.recorded", "suspension.ordered"], rig.Kinds());
        var order = Assert.IsType<SuspensionNews>(Assert.Single(new OrderDesk(rig.Record, rig.Keys).Since(-1, alwaysList: false)));
        Assert.Equal((card, CredentialState.Lost, false), (order.Suspension.Credential, order.Suspension.State, order.Suspension.Lifted));
        foreach (var state in Enum.GetValues<CredentialState>())
        {
            Assert.Equal(FieldFault.CardFinal, Assert.Single((await rig.People.SetCardState(card, state, "見つかった", Me, Never)).Problems).Fault);
        }
    }

    [Fact]
    [Requirement("R-RED-03")]
    public async Task After_a_return_suspensions_come_before_everything_else()
    {
        await using var rig = new ServiceRig();
        using var published = new Publisher(rig);
        _ = await rig.People.AddPerson(Takahashi, Me, Never);
        _ = await published.Now();
        _ = await rig.People.SuspendPerson(new("S-0217"), lifted: false, "確認中", Me, Never);
        _ = await published.Now();
        _ = await rig.People.SuspendPerson(new("S-0217"), lifted: true, "確認済み", Me, Never);

        var orders = new OrderDesk(rig.Record, rig.Keys);

        Assert.Equal(["SuspensionNews", "SuspensionNews", "GrantListNews"], orders.Since(-1, alwaysList: true).Select(news => news.GetType().Name));
        Assert.Equal([1L, 2L], orders.Since(-1, alwaysList: true).OfType<SuspensionNews>().Select(news => news.Suspension.Serial));

        // A bridge that has seen all of it is still told the newest list: it may have fallen between hearing and fetching.
        Assert.Equal(2, Assert.IsType<GrantListNews>(Assert.Single(orders.Since(rig.Record.Size, alwaysList: true))).Version);
    }

    [Fact]
    public async Task A_published_list_is_signed_and_says_who_may_enter()
    {
        await using var rig = new ServiceRig();
        using var published = new Publisher(rig);
        _ = await rig.People.AddPerson(Takahashi, Me, Never);
        _ = await rig.People.AddPerson(Takahashi with { Id = new("S-0300"), Name = "日向 直子" }, Me, Never);
        _ = await rig.People.AddPerson(Takahashi with { Id = new("S-0400"), Name = "無札 蓮" }, Me, Never);
        var card = (await rig.People.IssueCard(new(new("S-0217"), "H10301", 4, 1, null, null), Me, Never)).Id!;
        _ = await rig.People.IssueCard(new(new("S-0300"), "H10301", 4, 2, null, null), Me, Never);
        _ = await rig.People.SetPin(new(card), "582046", Me, Never);
        _ = await rig.Record.AppendAsync(new GrantRecorded(rig.Time.GetUtcNow(), A.Grant() with { Days = WeekDays.Weekdays, Hours = new(new(8, 30), new(17, 15)) }, "業務", "S-0002"), Never);
        _ = await rig.People.SuspendPerson(new("S-0300"), lifted: false, "確認中", Me, Never);

        var version = await published.Now();

        using var gzip = new GZipStream(File.OpenRead(published.Files.FileOf(version)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        var list = JsonSerializer.Deserialize(bytes.ToArray(), RecordJson.Plain.GrantList)!;
        var index = new GrantIndex(list);
        Assert.Equal((1L, "kakuu-1", TimeSpan.FromHours(72), 2), (list.Version, list.Site, list.AgeLimit, list.Zones.Length));
        Assert.Equal(["S-0217", "S-0300"], list.People.Select(person => person.Id.Value));
        Assert.Equal(new(new(8, 30), new(17, 15)), Assert.Single(index.GrantsOf(new("S-0217"))).Hours);
        Assert.True(PinCheck.Matches(list.Credentials.Single(item => item.Id.Value == card).Pin!, "582046", rig.Keys.PinKey));
        Assert.Equal(CredentialState.Suspended, list.Credentials.Single(item => item.Person.Value == "S-0300").State);
        var news = Assert.IsType<GrantListNews>(new OrderDesk(rig.Record, rig.Keys).Since(-1, alwaysList: true)[^1]);
        using var key = ECDsa.Create();
        key.ImportFromPem(rig.Keys.OrderKeyPem);
        Assert.True(key.VerifyData(bytes.ToArray(), Convert.FromBase64String(news.Signature), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.DoesNotContain("582046", Encoding.UTF8.GetString(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "", FieldFault.Required)]
    [InlineData("name", "=1+1", FieldFault.BadCharacters)]
    [InlineData("name", "改\n行", FieldFault.BadCharacters)]
    [InlineData("name", "\u202E逆", FieldFault.BadCharacters)]
    [InlineData("kana", "漢字", FieldFault.BadCharacters)]
    [InlineData("id", "S 0217", FieldFault.BadCharacters)]
    [InlineData("id", "S-02170217021702170217", FieldFault.TooLong)]
    [Requirement("R-INP-01")]
    public async Task A_field_that_is_wrong_is_named_and_nothing_is_recorded(string field, string value, FieldFault fault)
    {
        await using var rig = new ServiceRig();
        var form = field switch
        {
            "name" => Takahashi with { Name = value },
            "kana" => Takahashi with { Kana = value },
            _ => Takahashi with { Id = new(value) },
        };

        var result = await rig.People.AddPerson(form, Me, Never);

        Assert.Contains(result.Problems, problem => problem.Field == field && problem.Fault == fault);
        Assert.Empty(rig.Kinds());
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("9876")]
    [InlineData("0000")]
    [InlineData("12a4")]
    [InlineData("123")]
    [InlineData("123456789")]
    public async Task A_simple_pin_is_refused(string pin)
    {
        await using var rig = new ServiceRig();

        Assert.Equal(FieldFault.WeakPin, Assert.Single((await rig.People.SetPin(new("C-0001"), pin, Me, Never)).Problems).Fault);
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_is_shown_as_a_difference_and_then_applied_once()
    {
        await using var rig = new ServiceRig();
        const string line = "S-0217,髙橋 翔太,たかはし しょうた,Staff,情報政策課,2020-04-01,,C-0302,H10301,4,30584,,,G-2026-0015,SRV-1 MED-1,Weekdays,08:30,17:15,2026-04-01,2027-04-01,7093";
        var look = await Look(rig, line);
        Assert.Equal(["person", "card", "pin", "grant"], look.Changes.Select(change => change.Kind));
        Assert.Empty(rig.Kinds());

        Assert.Equal(AuthorityText.Of(AuthorityRefusal.SamePerson), (await rig.People.ApplyImport(look.Token!, Bringer with { Account = new("A-0099") }, Never)).Result!.Refusal!.Because);
        Assert.Equal(["S-9002"], (await rig.People.ImportsWaiting(Me, Never)).Select(one => one.By.Value));
        Assert.Equal(look.Changes.Length, (await rig.People.WaitingImport(look.Token!, Me, Never))!.Changes.Length);
        Assert.Equal(ImportStage.Applied, (await rig.People.ApplyImport(look.Token!, Me, Never)).Stage);

        Assert.Equal("people.imported", rig.Kinds()[^1]);
        Assert.Equal(FieldFault.Unknown, Assert.Single((await rig.People.ApplyImport(look.Token!, Me, Never)).Result!.Problems).Fault);
        var again = await Look(rig, line);
        Assert.Equal((null, 3), (again.Token, again.Unchanged));
        var changed = Assert.Single((await Look(rig, line.Replace("情報政策課", "総務課", StringComparison.Ordinal))).Changes);
        Assert.Equal(new ImportDifference("section", "情報政策課", "総務課"), Assert.Single(changed.Differences));
    }

    [Theory]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,2020-13-01,,,,,,,,,,,,,,,", "validFrom", FieldFault.NotADate)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Chief,総務課,,,,,,,,,,,,,,,,", "category", FieldFault.NotAChoice)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,0,総務課,,,,,,,,,,,,,,,,", "category", FieldFault.NotAChoice)]
    [InlineData("S-0300,=cmd,ひゅうが なおこ,Staff,総務課,,,,,,,,,,,,,,,,", "name", FieldFault.BadCharacters)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,C-0303,H10301,4,70000,,,,,,,,,,", "number", FieldFault.OutOfRange)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,C-0303,H10301,4,x,,,,,,,,,,", "number", FieldFault.NotANumber)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,C-0302,H10301,4,7,,,,,,,,,,", "card", FieldFault.DoubledInFile)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,C-0303,H10301,4,30584,,,,,,,,,,", "number", FieldFault.DoubledInFile)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,,,,,,,G-1,XXX-1,All,00:00,00:00,2026-04-01,2027-04-01,", "zones", FieldFault.Unknown)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,,,,,,,G-1,SRV-1,All,25:00,00:00,2026-04-01,2027-04-01,", "from", FieldFault.NotATime)]
    [InlineData("S-0300,日向 直子,ひゅうが なおこ,Staff,総務課,,,,,,,,,G-1,SRV-1,All,00:00,00:00,2027-04-01,2026-04-01,", "grantUntil", FieldFault.EndBeforeStart)]
    [InlineData("S-0300,日向 直子", "", FieldFault.WrongColumnCount)]
    [InlineData("S-0300,\"日向 直子,ひゅうが", "", FieldFault.UnreadableFile)]
    [Requirement("R-INP-03")]
    public async Task One_bad_line_changes_nothing_and_names_line_and_column(string bad, string column, FieldFault fault)
    {
        await using var rig = new ServiceRig();

        var look = await Look(rig, "S-0217,髙橋 翔太,たかはし しょうた,Staff,情報政策課,,,C-0302,H10301,4,30584,,,,,,,,,,", bad);

        Assert.Null(look.Token);
        Assert.Contains(look.Problems, problem => problem.Line == 3 && problem.Column == column && problem.Fault == fault);
        Assert.Empty(look.Changes);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_list_is_read_with_or_without_mark_with_either_line_end_and_in_windows_japanese_by_choice(bool windowsJapanese, bool mark)
    {
        await using var rig = new ServiceRig();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = windowsJapanese ? Encoding.GetEncoding(932) : new UTF8Encoding(mark);
        var text = $"{PeopleImport.Header}\r\nS-0217,\"高橋 \"\"翔太\"\"\",たかはし,Staff,情報政策課,,,,,,,,,,,,,,,,\r\n";
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        var look = await rig.Import.LookAsync("people.csv", new MemoryStream(bytes), windowsJapanese, null, Bringer, Never);

        Assert.Empty(look.Problems);
        Assert.Equal("高橋 \"翔太\"", Assert.Single(look.Changes).HolderName);
        if (windowsJapanese)
        {
            Assert.Equal(FieldFault.UnreadableFile, Assert.Single((await rig.Import.LookAsync("people.csv", new MemoryStream(bytes), false, null, Bringer, Never)).Problems).Fault);
        }
    }

    [Fact]
    public async Task What_changed_between_looking_and_applying_is_noticed()
    {
        await using var rig = new ServiceRig();
        var look = await Look(rig, "S-0217,髙橋 翔太,たかはし しょうた,Staff,情報政策課,,,,,,,,,,,,,,,,");
        _ = await rig.People.AddPerson(Takahashi, Me, Never);

        Assert.Equal(FieldFault.ChangedMeanwhile, Assert.Single((await rig.People.ApplyImport(look.Token!, Me, Never)).Result!.Problems).Fault);
    }

    [Fact]
    public async Task People_are_listed_by_reading_and_every_page_goes_on_where_the_last_ended()
    {
        await using var rig = new ServiceRig();
        string[] readings = ["わたなべ", "あおき", "カトウ", "いとう", "さとう", "がもう", "たかはし"];
        foreach (var (place, kana) in readings.Index())
        {
            _ = await rig.People.AddPerson(Takahashi with { Id = new($"S-{place}"), Kana = kana }, Me, Never);
        }

        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await rig.People.People(new(null, null, null, false, after, 2), Never);
            seen.AddRange(page.People.Select(line => line.Person.Kana));
            after = page.Next;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(["あおき", "いとう", "カトウ", "がもう", "さとう", "たかはし", "わたなべ"], seen);
        Assert.Equal(["カトウ", "がもう"], (await rig.People.People(new(null, 'か', null, false, null, 10), Never)).People.Select(line => line.Person.Kana));
    }

    [Theory]
    [InlineData("高橋", "S-0217")]
    [InlineData("髙橋　翔太", "S-0217")]
    [InlineData("タカハシ", "S-0217")]
    [InlineData("ﾀｶﾊｼ ｼｮｳﾀ", "S-0217")]
    [InlineData("たかハシ しょう", "S-0217")]
    [InlineData("渡邊", "S-0301")]
    [InlineData("わたなべ ミノリ", "S-0301")]
    [InlineData("Ｓ－０３０１", "S-0301")]
    [InlineData("s-021", "S-0217")]
    [InlineData("税務 邉", "S-0301")]
    [InlineData("吉", "S-0302")]
    [InlineData("ず", null)]
    [InlineData("高橋 みのり", null)]
    [InlineData("太\nた", "S-0217")]
    public async Task People_are_found_however_their_names_are_typed(string typed, string? found)
    {
        await using var rig = new ServiceRig();
        _ = await rig.People.AddPerson(Takahashi, Me, Never);
        _ = await rig.People.AddPerson(Takahashi with { Id = new("S-0301"), Name = "渡邉 みのり", Kana = "ワタナベ ミノリ", SectionOrFirm = "税務課" }, Me, Never);
        _ = await rig.People.AddPerson(Takahashi with { Id = new("S-0302"), Name = "𠮷田 蓮", Kana = "よしだ れん", SectionOrFirm = "総務課" }, Me, Never);

        Assert.Equal(found is null ? [] : [found], (await rig.People.People(new(typed, null, null, false, null, 10), Never)).People.Select(line => line.Person.Id.Value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pairs_of_letters_find_exactly_whom_a_walk_over_everybody_finds(int seed)
    {
        await using var rig = new ServiceRig(seed);
        var chance = new Random(seed);
        const string letters = "あかさたなはまやらわがパﾊ高髙渡辺邉𠮷国0012-S";
        string[] runes = [.. letters.EnumerateRunes().Select(rune => rune.ToString())];
        string Word(int most) => string.Concat(Enumerable.Range(0, chance.Next(1, most + 1)).Select(_ => runes[chance.Next(runes.Length)]));
        var people = Enumerable.Range(0, 120).Select(number => new Person(new($"S-{number:0000}"), $"{Word(3)} {Word(3)}", $"{Word(5)} {Word(5)}", PersonCategory.Staff, Word(4), null, null)).ToList();

        // Some change their names: nobody is found by one they no longer have.
        people.AddRange(people.Take(30).Select(person => person with { Name = Word(4), Kana = Word(6) }).ToList());
        _ = await rig.Record.AppendAsync([.. people.Select(person => Draft.Of(new PersonRecorded(rig.Time.GetUtcNow(), person, "test")))], null, Never);
        var now = people.GroupBy(person => person.Id).Select(forms => forms.Last()).ToList();
        for (var round = 0; round < 200; round++)
        {
            string[] typed = [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Word(3))];
            var expected = now.Where(person => typed.All(word => PeopleWords.Fold($"{person.Name}\n{person.Kana}\n{person.Id}\n{person.SectionOrFirm}").Contains(PeopleWords.Fold(word), StringComparison.Ordinal)));

            var page = await rig.People.People(new(string.Join(' ', typed), null, null, false, null, 500), Never);

            Assert.Equal(expected.Select(person => person.Id.Value).Order(StringComparer.Ordinal), page.People.Select(line => line.Person.Id.Value).Order(StringComparer.Ordinal));
            Assert.Equal(page.People.Length, page.Total);
        }
    }

    [Fact]
    [Requirement("R-SIGN-15")]
    public async Task Whoever_sees_one_section_finds_nobody_of_another_in_people_cards_or_grants()
    {
        await using var rig = new ServiceRig();
        Assert.Equal(ImportStage.Applied, (await rig.People.ApplyImport(
            (await Look(
                rig,
                "S-0217,髙橋 翔太,たかはし しょうた,Staff,情報政策課,,,C-0302,H10301,4,30584,,,G-2026-0015,SRV-1,Weekdays,08:30,17:15,2026-04-01,2027-04-01,",
                "S-0300,高橋 直子,たかはし なおこ,Staff,税務課,,,C-0303,H10301,4,30585,,,G-2026-0016,SRV-1,Weekdays,08:30,17:15,2026-04-01,2027-04-01,",
                "K-0012,高橋 樹,たかはし いつき,Contractor,架空電設,,,,,,,,,,,,,,,,")).Token!,
            Me,
            Never)).Stage);
        var (own, more) = (new PeopleScope(["情報政策課"], Contractors: false), new PeopleScope(["情報政策課"], Contractors: true));

        async Task<string[]> People(PeopleScope? within) => [.. (await rig.People.People(new("たかはし", null, null, false, null, 10) { Within = within }, Never)).People.Select(line => line.Person.Id.Value).Order(StringComparer.Ordinal)];
        Assert.Equal(["S-0217"], await People(own));
        Assert.Equal(["K-0012", "S-0217"], await People(more));
        Assert.Equal(3, (await People(null)).Length);
        Assert.Equal("C-0302", Assert.Single((await rig.People.Cards(new("たかはし", null, null, null, 10) { Within = own }, Never)).Cards).Card.Id.Value);
        Assert.Equal("G-2026-0015", Assert.Single((await rig.People.Grants(new(null, null, null, false, null, null, 10) { Within = own }, Never)).Grants).Grant.Id.Value);
        Assert.Equal("C-0303", Assert.Single((await rig.People.Cards(new(null, null, null, null, 1) { Card = new("C-0303") }, Never)).Cards).Card.Id.Value);
    }

    [Fact]
    [Requirement("R-INP-03")]
    public async Task A_list_stopped_while_it_is_written_has_changed_nothing_and_can_be_applied_again()
    {
        await using var rig = new ServiceRig();
        var look = await Look(rig, [.. Enumerable.Range(0, 400).Select(number => $"N-{number:0000},架空 {number}号,かくう,Staff,情報政策課,,,,,,,,,,,,,,,,")]);
        using var stop = new CancellationTokenSource();
        var told = new List<ImportProgress>();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Import.ApplyAsync(look.Token!, Me, stop.Token, progress =>
        {
            told.Add(progress);
            if (progress.Stage is ImportStage.Writes)
            {
                stop.Cancel();
            }
        }));

        Assert.Equal([ImportStage.Compares, ImportStage.Compares, ImportStage.Writes], told.Select(one => one.Stage));
        Assert.Empty(rig.Kinds());
        Assert.Equal(0, (await rig.People.People(new(null, null, null, false, null, 10), Never)).Total);
        Assert.Equal(look.Token, Assert.Single(rig.Import.Waiting()).Token);

        Assert.True((await rig.Import.ApplyAsync(look.Token!, Me, Never)).Ok);
        Assert.Equal(401, rig.Kinds().Length);
        Assert.Equal(400, (await rig.People.People(new("かくう", null, null, false, null, 10), Never)).Total);
    }

    private static async Task<ImportLook> Look(ServiceRig rig, params string[] lines) =>
        (await rig.People.Import("people.csv", new MemoryStream(Encoding.UTF8.GetBytes($"{PeopleImport.Header}\n{string.Join('\n', lines)}\n")), Bringer, Never)).Look!;

    private sealed class Publisher(ServiceRig rig) : IDisposable
    {
        private GrantPublisher? publisher;

        public GrantListFiles Files { get; } = new(rig.Folders.Lists);

        public Task<long> Now()
        {
            publisher ??= new(rig.Record, Files, rig.Settings, rig.Policy, rig.Meters, rig.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<GrantPublisher>.Instance);
            return publisher.PublishAsync("test", Never);
        }

        public void Dispose() => publisher?.Dispose();
    }

    // Of the whole organisation, so that what is tested is the act and not who may.
    private static RoleHolding Held(Role role) => new($"H-{(int)role:0000}", new("S-9001"), role, "", [], new(2020, 4, 1), null, null);
}
