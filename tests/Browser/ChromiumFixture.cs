using Actors.TestKit.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Actors.Browser.Tests;

/// <summary>The real application, and a Chromium to look at its pages with, where the machine has one.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-browser").FullName;
    private readonly TokenMint _mint = new("the signing key of the browser tests");
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new page on the running application; skips the test on a machine without Chromium.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        Assert.SkipWhen(_browser is null, $"There is no Chromium at {string.Join(", ", Places)}.");
        // A context of its own: nobody is signed in by another test's cookie.
        var context = await _browser!.NewContextAsync(new() { BaseURL = _app!.Urls.First() });
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    public string Token(string role) => _mint.Issue("root", role);

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } chromium)
        {
            return;
        }
        _app = ApiHost.Program.Build([
            "--urls=http://127.0.0.1:0",
            $"--Data:Directory={_directory}",
            $"--Auth:SigningKey={_mint.SigningKey}",
            "--Logging:LogLevel:Default=None",
        ]);
        await _app.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
        Directory.Delete(_directory, recursive: true);
    }
}
