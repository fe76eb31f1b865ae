using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard;
using RoomGuard.Dashboard.Parts;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.UnitTests.Dashboard;

/// <summary>Renders a part of a page to text, as the server does.</summary>
internal static partial class Paper
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 32, 7, TimeSpan.FromHours(9));

    public static DashboardSite Site { get; } = new(
        "kakuu-1", "架空町役場", "本庁舎", IsTest: true, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"),
        [new(new("SRV-1"), "サーバ室", "Server room")],
        [new(new("SRV-1-D1"), new("SRV-1"), "サーバ室 正面扉", "Server room, front door")]);

    public static Ink Ink(Language language = Language.Japanese) => new(Site, language);

    /// <summary>The part as HTML.</summary>
    public static async Task<string> Html<TPart>(object model, Language language = Language.Japanese)
        where TPart : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var frame = new PageFrame(Site, Ink(language), Now, "/", "", "auto", () => "token", null);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<PageHost>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Content"] = typeof(TPart),
                ["Model"] = model,
            }));
            return root.ToHtmlString();
        });
    }

    /// <summary>The words a person reads, without tags, white space joined.</summary>
    public static async Task<string> Words<TPart>(object model, Language language = Language.Japanese)
        where TPart : IComponent =>
        Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(await Html<TPart>(model, language), " ")), " ");

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
