using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Actors.Browser.Tests;

[Trait("Spec", "OP-3")]
public sealed class DashboardTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private static readonly Regex SignIn = new("/signin$");
    private static readonly Regex Dashboard = new("/dashboard/");

    [Fact]
    public async Task An_admin_signs_in_and_sees_the_grains_with_nothing_blocked_and_nothing_from_elsewhere()
    {
        var page = await chromium.OpenAsync("/dashboard");
        var complaints = ComplaintsOf(page);
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
        await SaveAsync(page, "signin.png");

        await SignInAsync(page, "admin");

        await Assertions.Expect(page.GetByText("SessionGrain").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await SaveAsync(page, "dashboard.png");
        foreach (var tab in new[] { "Grains", "Silos", "Reminders", "Overview" })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = tab }).First.ClickAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }
        Assert.Empty(complaints);
        var hosts = await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)"
        );
        Assert.All(hosts, host => Assert.Equal(new Uri(page.Url).Authority, host));
    }

    [Fact]
    public async Task A_user_is_told_that_the_role_is_not_enough_and_gets_no_further()
    {
        var page = await chromium.OpenAsync("/signin");

        var answer = await page.RunAndWaitForResponseAsync(
            () => SignInAsync(page, "user"),
            static response => response.Request.Method == "POST"
        );

        Assert.Equal(403, answer.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your role does not allow this.");
        await SaveAsync(page, "refused.png");
        await page.GotoAsync("/dashboard/");
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
    }

    [Fact]
    public async Task Who_signs_out_is_asked_to_sign_in_again()
    {
        var page = await chromium.OpenAsync("/signin");
        await SignInAsync(page, "admin");
        await Assertions.Expect(page).ToHaveURLAsync(Dashboard);

        await page.GotoAsync("/signout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
        await page.GotoAsync("/dashboard/");
        await Assertions.Expect(page).ToHaveURLAsync(SignIn);
    }

    private async Task SignInAsync(IPage page, string role)
    {
        await page.GetByLabel("Token").FillAsync(chromium.Token(role));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    private static ConcurrentQueue<string> ComplaintsOf(IPage page)
    {
        var complaints = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.RequestFailed += (_, request) => complaints.Enqueue($"{request.Url}: {request.Failure}");
        return complaints;
    }

    private static Task SaveAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder
            ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true })
            : Task.CompletedTask;
}
