using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Actors.Browser.Tests;

[Trait("Spec", "OP-4")]
public sealed class DocsPageTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    /// <summary>The page draws everything itself, which takes a busy machine a while.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 30_000 };

    private static Task UnfoldAsync(IPage page, string tag) => page.Locator($"#operations-tag-{tag}").ClickAsync();

    [Fact]
    public async Task The_page_lists_the_operations_and_loads_nothing_from_elsewhere()
    {
        var page = await chromium.OpenAsync("/docs");

        await UnfoldAsync(page, "Moods");
        await Assertions.Expect(page.GetByText("/api/v1/mood/update").First).ToBeVisibleAsync(Patient);
        var hosts = await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)"
        );
        var own = new Uri(page.Url).Authority;
        Assert.All(hosts, host => Assert.Equal(own, host));
    }

    [Fact]
    public async Task Nothing_of_the_page_is_blocked_by_its_own_policy()
    {
        var page = await chromium.OpenAsync("/docs");
        var blocked = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                blocked.Enqueue(message.Text);
            }
        };

        await page.ReloadAsync();

        await UnfoldAsync(page, "Moods");
        await Assertions.Expect(page.GetByText("/api/v1/mood/update").First).ToBeVisibleAsync(Patient);
        Assert.Empty(blocked);
    }

    [Fact]
    public async Task An_operation_can_be_tried_and_shows_the_real_answer()
    {
        var page = await chromium.OpenAsync("/docs");

        await UnfoldAsync(page, "Operations");
        await page.GetByText("/livez").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();

        await Assertions.Expect(page.Locator(".live-responses-table tr.response")).ToContainTextAsync("200");
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "docs.png"), FullPage = true });
        }
    }
}
