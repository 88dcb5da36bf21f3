namespace Actors.ApiHost.Pages;

/// <summary>
/// A route for browsers: it also takes the session's cookie in place of a token, and shows the way to the sign-in. No other
/// route looks at the cookie, so that no page of others can act in the name of who is signed in.
/// </summary>
/// <param name="ContentSecurity">What the page may load.</param>
internal sealed record BrowserPage(string ContentSecurity)
{
    public static readonly BrowserPage OfOurs = new(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );

    /// <summary>Its scripts set styles of elements, so those alone may be inline.</summary>
    public static readonly BrowserPage OfOrleans = new(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    );

    /// <summary>The page of the API. It sets styles of elements as well, and draws with images that it holds itself.</summary>
    public static readonly BrowserPage OfDocumentation = new(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    );

    public void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurity;
        // With "no-referrer" browsers would hide the origin of our own forms as well.
        headers["Referrer-Policy"] = "same-origin";
    }

    /// <summary>For answers that are no pages, should a browser be made to show one.</summary>
    public static void WriteHeadersOfData(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Whether a person looks at the answer, and not a script.</summary>
    public static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

internal static class PageConventions
{
    public static TBuilder AsPage<TBuilder>(this TBuilder routes, BrowserPage page)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(page).ExcludeFromDescription();
}
