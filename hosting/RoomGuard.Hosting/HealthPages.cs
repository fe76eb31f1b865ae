using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace RoomGuard.Hosting;

/// <summary>What one part of a program says of itself.</summary>
/// <param name="Ready">False: do not send work here; the text says why and what to do.</param>
public sealed record HealthAnswer(bool Ready, string Text);

/// <summary>A part of the program whose condition decides whether it is ready. Must answer at once, from what it knows.</summary>
public interface IHealthPart
{
    /// <summary>Short name, e.g. <c>journal</c>.</summary>
    string Name { get; }

    /// <summary>The condition now.</summary>
    HealthAnswer Now();
}

/// <summary><c>/health/live</c> and <c>/health/ready</c>: for service managers and outside watchdogs (R-MON-06). No secrets, no names.</summary>
public static class HealthPages
{
    private static readonly JsonWriterOptions Plain = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the pages, reachable on the watch port alone (R-NET-02).</summary>
    public static void MapHealthPages(this IEndpointRouteBuilder app, int watchPort)
    {
        var watch = app.MapGroup("/health").RequireHost($"*:{watchPort}");
        watch.MapGet("/live", () => Results.Text("live\n"));
        watch.MapGet("/ready", Ready);
    }

    private static async Task Ready(HttpContext http)
    {
        var answers = http.RequestServices.GetServices<IHealthPart>().Select(part => (part.Name, Answer: part.Now())).ToList();
        var ready = answers.All(part => part.Answer.Ready);
        http.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter.AsStream(), Plain);
        json.WriteStartObject();
        json.WriteBoolean("ready", ready);
        json.WriteStartArray("parts");
        foreach (var (name, answer) in answers)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteBoolean("ready", answer.Ready);
            json.WriteString("text", answer.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }
}
