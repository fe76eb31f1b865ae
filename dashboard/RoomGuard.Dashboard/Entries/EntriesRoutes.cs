using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Core.Panels;
using RoomGuard.Core.People;
using RoomGuard.Core.Record;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>入退室管理簿 and one record.</summary>
internal static class EntriesRoutes
{
    private const int NewRowsCounted = 100;
    private const int AroundRead = 1000;
    private const int AroundShown = 20;
    private static readonly TimeSpan AroundSpan = TimeSpan.FromMinutes(5);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/entries", PageGuard.Get(Register));
        routes.MapGet("/entries.csv", PageGuard.Get(Csv));
        routes.MapGet("/entries/{n:long:min(0)}", PageGuard.Get(One));
        routes.MapGet("/fragments/new-entries", PageGuard.Get(NewOnes));
    }

    private static async Task<IResult> Register(PageRequest request)
    {
        var (query, typed) = RegisterQuery.Read(request.Query, request.Ink);
        var scope = await request.Scope().ConfigureAwait(false);
        if (scope.ShowsNothing)
        {
            return request.Show<MessagePage>(new MessageModel(LookText.NothingTitle, LookText.NothingLead, null), StatusCodes.Status403Forbidden);
        }

        if (await Unlooked(request, query).ConfigureAwait(false) is { } subject)
        {
            return LookRoutes.ToPurpose(subject, query.Url("/entries"));
        }

        var register = request.Port<IEntryRegisters>().SeenBy(scope);
        var page = await register.Page(query.Filter, query.Place, query.Rows, request.Gone).ConfigureAwait(false);
        var found = await register.Count(query.Filter, RegisterModel.CountLimit, request.Gone).ConfigureAwait(false);
        ImmutableArray<DateTimeOffset> edges = [];
        ImmutableArray<RegisterBar> bars = [];
        if (found > 0 && await register.Span(request.Gone).ConfigureAwait(false) is var (oldest, newest))
        {
            edges = RegisterTimes.Edges(query.Filter.From ?? oldest, query.Filter.Until ?? newest.AddSeconds(1), request.Ink);
            bars = await register.Histogram(query.Filter, edges, request.Gone).ConfigureAwait(false);
        }

        var loosened = ImmutableArray.CreateBuilder<(string, string, long)>();
        if (found == 0)
        {
            foreach (var (condition, without) in RegisterQuery.Conditions(query.Filter, request.Ink))
            {
                var more = await register.Count(without, RegisterModel.CountLimit, request.Gone).ConfigureAwait(false);
                loosened.Add((condition, query.Asking(without), more));
            }
        }

        return request.Show<EntriesPage>(new RegisterModel(query, typed, page, found, edges, bars, loosened.ToImmutable()));
    }

    private static async Task<IResult> NewOnes(PageRequest request)
    {
        var (query, _) = RegisterQuery.Read(request.Query, request.Ink);
        if (await Unlooked(request, query).ConfigureAwait(false) is not null)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var register = await request.Register().ConfigureAwait(false);
        var page = await register.Page(query.Filter, query.Place, NewRowsCounted, request.Gone).ConfigureAwait(false);
        return request.Fragment<NewRows>(new NewRowsModel(page.Rows.Length, NewRowsCounted, query.At(new RegisterPlace.Newest())));
    }

    private static async Task<IResult> One(PageRequest request)
    {
        var register = await request.Register().ConfigureAwait(false);
        var n = long.Parse(request.Route("n"), CultureInfo.InvariantCulture);
        if (await register.Find(n, request.Gone).ConfigureAwait(false) is not { } entry)
        {
            return request.Show<MessagePage>(new MessageModel(FrameText.NotFoundTitle, FrameText.NotFound, null), StatusCodes.Status404NotFound);
        }

        var at = entry.Event.OccurredAt;
        var read = await register.Around(at - AroundSpan, at + AroundSpan, AroundRead, request.Gone).ConfigureAwait(false);
        var (around, isCut) = Near(read, n);
        var json = JsonNode.Parse(RecordJson.ToUtf8(entry.Event))!.ToJsonString(Indented);
        return request.Show<EntryPage>(new EntryModel(entry, around, isCut || read.Length >= AroundRead, json));
    }

    // What happened in the room, nearest first to be kept: what the office registered meanwhile explains nothing about a door.
    internal static (ImmutableArray<RecordLine> Lines, bool IsCut) Near(ImmutableArray<RecordLine> lines, long n)
    {
        var room = lines.Where(line => line.N == n || line.Event is not
            (PersonRecorded or CredentialRecorded or GrantRecorded or GrantEnded or ImportApplied or RecordExported)).ToImmutableArray();
        var here = 0;
        while (here < room.Length && room[here].N != n)
        {
            here++;
        }

        var (from, until) = (Math.Max(0, here - AroundShown), Math.Min(room.Length, here + AroundShown + 1));
        return (room[from..until], from > 0 || until < room.Length);
    }

    // One person's records are looked at for a purpose, and a search by words is looking too (R-SIGN-15). The purpose covers the question, not each
    // page of it.
    internal static async Task<PersonId?> Unlooked(PageRequest request, RegisterQuery query)
    {
        var desk = request.Port<ILookDesk>();
        var asked = query.Asking(query.Filter);
        if (query.Filter.Person is { } subject)
        {
            return await desk.MayLook(request.Actor, subject, asked, request.Gone).ConfigureAwait(false) ? null : subject;
        }

        if (query.Filter.Words is not null)
        {
            await desk.Searched(request.Actor, asked, request.Gone).ConfigureAwait(false);
        }

        return null;
    }

    private static async Task<IResult> Csv(PageRequest request)
    {
        var (query, _) = RegisterQuery.Read(request.Query, request.Ink);
        if (await Unlooked(request, query).ConfigureAwait(false) is { } subject)
        {
            return LookRoutes.ToPurpose(subject, query.Url("/entries"));
        }

        var register = await request.Register().ConfigureAwait(false);
        var name = string.Create(CultureInfo.InvariantCulture, $"entry-register-{request.Ink.Local(request.Now):yyyyMMdd-HHmmss}.csv");
        return TypedResults.Stream(body => Write(request, register, query, body), "text/csv; charset=utf-8", name);
    }

    // Writing out is itself an entry, also when the reader went away half-way: what left the house is what counts.
    private static async Task Write(PageRequest request, IEntryRegister register, RegisterQuery query, Stream body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long count = 0;
        try
        {
            var header = RegisterCsv.Header(request.Ink);
            digest.AppendData(header);
            await body.WriteAsync(header, request.Gone).ConfigureAwait(false);
            await foreach (var row in register.All(query.Filter, request.Gone).ConfigureAwait(false))
            {
                var line = RegisterCsv.Row(row, request.Ink);
                digest.AppendData(line);
                await body.WriteAsync(line, request.Gone).ConfigureAwait(false);
                count++;
            }
        }
        finally
        {
            var sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
            await register.Exported("EntryRegister", query.Url("/entries.csv"), count, sha256, request.Actor, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }
}
