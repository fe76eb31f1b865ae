using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace RoomGuard.Dashboard.Api;

/// <summary>The API's routes: one for each row of the table, and one for all that leads nowhere.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var operation in ApiOperations.All)
        {
            routes.MapMethods(operation.Pattern, [operation.Method], ApiGuard.Of(operation));
        }

        routes.Map("/api/{**path}", ApiGuard.Nowhere(ApiOperations.All));
    }
}
