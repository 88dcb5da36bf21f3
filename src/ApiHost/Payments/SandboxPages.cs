using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Pages;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;

namespace Actors.ApiHost.Payments;

/// <summary>
/// Where a developer does what a person would do at a bank: pays, declines, pays late, pays twice. Whoever knows the link may,
/// and sessions are there only where the settings offer the sandbox.
/// </summary>
internal sealed class SandboxPages(IGrainFactory grains) : IEndpoints
{
    private const int MaxIdLength = 100;
    private const string Html = "text/html; charset=utf-8";

    public void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/sandbox/payments").Public().AsPage(BrowserPage.OfOurs);
        pages.MapMethods("/{paymentId}", ["GET"], Show);
        pages.MapMethods("/{paymentId}", ["POST"], Act);
    }

    private async Task Show(HttpContext http)
    {
        if (await FindAsync(http) is not var (_, session))
        {
            Problem.Write(http, HttpRefusals.NotFound);
            return;
        }
        http.Response.ContentType = Html;
        http.Response.Headers.CacheControl = "no-store";
        // The link is all that it takes, so it goes to nobody else.
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await http.Response.WriteAsync(Page(session));
    }

    private async Task Act(HttpContext http)
    {
        if (await FindAsync(http) is not var (grain, session))
        {
            Problem.Write(http, HttpRefusals.NotFound);
            return;
        }
        var action = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync(http.RequestAborted))["action"].ToString()
            : "";
        switch (action)
        {
            case "pay":
                await grain.Pay();
                break;
            case "pay_other":
                await grain.Pay(session.Amount with { Amount = session.Amount.Amount + 1 });
                break;
            case "decline":
                await grain.Decline();
                break;
            default:
                Problem.Write(http, HttpRefusals.InvalidRequest("action is pay, pay_other or decline."));
                return;
        }
        http.Response.Headers.Location = PathOf(session);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }

    private async Task<(ISandboxPaymentGrain Grain, SandboxSession Session)?> FindAsync(HttpContext http)
    {
        var call = new Call(http);
        if (
            call.Route("paymentId") is not { Length: > 0 and <= MaxIdLength } id
            || call.Query("token") is not { } token
        )
        {
            return null;
        }
        var grain = grains.GetGrain<ISandboxPaymentGrain>(id);
        return
            await grain.Get() is { } session
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(session.Token),
                Encoding.UTF8.GetBytes(token)
            )
            ? (grain, session)
            : null;
    }

    private static string PathOf(SandboxSession session) =>
        $"/sandbox/payments/{Uri.EscapeDataString(session.PaymentId)}?token={session.Token}";

    private static string Page(SandboxSession session)
    {
        var text = HtmlEncoder.Default;
        var (again, state) = session switch
        {
            { Paid: > 0 } => ("Pay once more", $"Paid {session.Paid} times, given back {session.Refunds} times."),
            { Status: SandboxStatus.Closed } => ("Pay all the same, late", "The booking waits no longer."),
            { Status: SandboxStatus.Declined } => ("Pay after all", "Declined."),
            _ => ("Pay", "Nobody has paid yet."),
        };
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sandbox payment · Actors</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{SignInPages.StylePath}">
            </head>
            <body>
            <main>
            <h1>Sandbox payment</h1>
            <p>{text.Encode(session.PaymentId)}: <strong>{text.Encode(
                Shown(session.Amount)
            )}</strong>. No money moves here.</p>
            <p role="status">{text.Encode(state)}</p>
            <form method="post" action="{text.Encode(PathOf(session))}">
            <button type="submit" name="action" value="pay">{text.Encode(again)}</button>
            <button type="submit" name="action" value="pay_other">Pay another amount</button>
            <button type="submit" name="action" value="decline">Decline</button>
            </form>
            </main>
            </body>
            </html>

            """;
    }

    private static string Shown(Money money) => money.ToString();
}
