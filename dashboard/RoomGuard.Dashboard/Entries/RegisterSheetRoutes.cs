using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RoomGuard.Dashboard.About;
using RoomGuard.Dashboard.Hosting;
using RoomGuard.Dashboard.Looking;
using RoomGuard.Dashboard.Policy;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Entries;

/// <summary>入退室管理簿 in print form: issued only when the counts agree (R-INP-04), and each issue is in the record.</summary>
internal static class RegisterSheetRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/entries/sheet", PageGuard.Get(Sheet));

    private static async Task<IResult> Sheet(PageRequest request)
    {
        var (query, _) = RegisterQuery.Read(request.Query, request.Ink);
        var scope = await request.Scope().ConfigureAwait(false);
        if (scope.ShowsNothing)
        {
            return request.Show<MessagePage>(new MessageModel(LookText.NothingTitle, LookText.NothingLead, null), StatusCodes.Status403Forbidden);
        }

        // Without a period a sheet is of today; its end is fixed, so that what comes meanwhile is on the next one.
        var filter = query.Filter with { From = query.Filter.From ?? request.Ink.Midnight(request.Today), Until = query.Filter.Until ?? request.Now };
        query = query with { Filter = filter, Place = new RegisterPlace.Newest() };
        if (await EntriesRoutes.Unlooked(request, query).ConfigureAwait(false) is { } subject)
        {
            return LookRoutes.ToPurpose(subject, query.Url("/entries/sheet"));
        }

        var register = request.Port<IEntryRegisters>().SeenBy(scope);
        var look = await request.Port<IPolicyPage>().Look(request.Gone).ConfigureAwait(false);
        var version = $"{look.Policy.Profile.Profile} {look.Policy.Profile.Version}";
        var before = await register.Count(filter, RegisterSheetModel.MostRows + 1, request.Gone).ConfigureAwait(false);
        if (before > RegisterSheetModel.MostRows)
        {
            return Show(request, new(query, [], version, null, RegisterSheetText.TooMany, request.Actor));
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(RegisterCsv.Header(request.Ink));
        var rows = ImmutableArray.CreateBuilder<RegisterRow>();
        await foreach (var row in register.All(filter, request.Gone).ConfigureAwait(false))
        {
            digest.AppendData(RegisterCsv.Row(row, request.Ink));
            rows.Add(row);
        }

        // R-INP-04: a sheet whose rows and counts differ is not issued.
        if (rows.Count != before || await register.Count(filter, RegisterSheetModel.MostRows + 1, request.Gone).ConfigureAwait(false) != rows.Count)
        {
            return Show(request, new(query, [], version, null, RegisterSheetText.Unsettled, request.Actor));
        }

        var sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
        await register.Exported("EntryRegister", query.Url("/entries/sheet"), rows.Count, sha256, request.Actor, CancellationToken.None).ConfigureAwait(false);
        return Show(request, new(query, rows.ToImmutable(), version, sha256, null, request.Actor));
    }

    private static IResult Show(PageRequest request, RegisterSheetModel model) =>
        request.Show<RegisterSheetPage>(model, model.Refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
