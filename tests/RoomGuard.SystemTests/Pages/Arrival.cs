using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace RoomGuard.SystemTests.Pages;

/// <summary>
/// Waits for pages. Playwright's own wait for an address looks at it once and then listens on another thread: a page that comes in between is never heard of. What is said
/// here is asked again until it holds.
/// </summary>
internal static class Arrival
{
    private const float Longest = 60_000;

    extension(IPage page)
    {
        /// <summary>The page stands at an address and is read to its end.</summary>
        /// <param name="glob">The whole address: <c>*</c> stands for anything without a slash, <c>**</c> for anything.</param>
        public Task Arrives(string glob) =>
            page.Arrives(new Regex($"^{Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$"));

        /// <inheritdoc cref="Arrives(string)"/>
        public async Task Arrives(Regex address)
        {
            await Assertions.Expect(page).ToHaveURLAsync(address, new() { Timeout = Longest });
            await page.WaitForFunctionAsync("() => document.readyState === 'complete'", null, new() { Timeout = Longest });
        }

        /// <summary>The keyboard is where the page puts it when it opens: nobody types before they see where.</summary>
        public Task HasFocus() => Assertions.Expect(page.Locator("[autofocus]")).ToBeFocusedAsync(new() { Timeout = Longest });
    }
}
