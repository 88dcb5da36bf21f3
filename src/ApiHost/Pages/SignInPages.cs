namespace Actors.ApiHost.Pages;

/// <summary>The pages around a session, as HTML. Nothing that a caller sent is ever shown.</summary>
internal static class SignInPages
{
    public const string StylePath = "/pages.css";

    public const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0; display: grid; min-height: 100vh; place-items: center; }
        main { width: min(26rem, calc(100vw - 3rem)); }
        h1 { font-size: 1.5rem; margin: 0 0 1rem; }
        label { display: block; font-weight: 600; margin-bottom: .25rem; }
        input { box-sizing: border-box; width: 100%; font: inherit; padding: .6rem; border: 1px solid GrayText; border-radius: .375rem; }
        button { font: inherit; font-weight: 600; padding: .6rem 1.2rem; margin-top: .5rem; border: 0; border-radius: .375rem;
          background: #1d4ed8; color: #fff; cursor: pointer; }
        input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
        .hint { font-size: .875rem; }
        [role=alert] { border-left: .25rem solid #dc2626; padding-left: .75rem; font-weight: 600; }

        """;

    private const string Form = """
        <form method="post" action="/signin">
        <label for="token">Token of an admin</label>
        <input id="token" name="token" type="password" required autofocus autocomplete="off" spellcheck="false" aria-describedby="hint">
        <p id="hint" class="hint">Sent once and not kept. The session ends when the token expires, after 12 hours at the latest.</p>
        <button type="submit">Sign in</button>
        </form>
        """;

    public static readonly string SignIn = Page("Sign in", Form);

    public static readonly string SignOut = Page(
        "Sign out",
        """
        <form method="post" action="/signout"><button type="submit">Sign out</button></form>
        <p><a href="/dashboard/">Back to the dashboard</a></p>
        """
    );

    /// <param name="problem">A text of ours.</param>
    public static string Refused(string problem) => Page("Sign in", $"<p role=\"alert\">{problem}</p>\n{Form}");

    private static string Page(string title, string content) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} · Actors</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{StylePath}">
            </head>
            <body>
            <main>
            <h1>{title}</h1>
            {content}
            </main>
            </body>
            </html>

            """;
}
