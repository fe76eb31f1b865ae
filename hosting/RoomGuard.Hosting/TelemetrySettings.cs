namespace RoomGuard.Hosting;

/// <summary>Where measurements go besides <c>/metrics</c>.</summary>
public sealed record TelemetrySettings
{
    /// <summary>OTLP collector, e.g. <c>http://127.0.0.1:4317</c>; null: nothing is sent anywhere (R-NET-05).</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>What is impossible about these settings.</summary>
    public IEnumerable<string> Problems(string place)
    {
        if (OtlpEndpoint is { } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")))
        {
            yield return $"{place}.otlpEndpoint: \"{endpoint}\" is not an http or https address. Write null to send nothing.";
        }
    }
}
