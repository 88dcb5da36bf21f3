using System.Globalization;
using System.Text.Encodings.Web;
using Actors.ApiHost.Pages;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Rooms;

namespace Actors.ApiHost.Rooms;

/// <summary>The page of a room of ours, as HTML without a script.</summary>
internal static class RoomPage
{
    public static string Of(RoomWords words, RoomVisit visit, string token)
    {
        var (path, label) = visit.IsInside ? ("leave", words.Leave) : ("join", words.Join);
        return Page(
            words,
            $"""
            <p>{Encode(string.Format(CultureInfo.InvariantCulture, words.With, visit.PerformerName))}</p>
            <p>{Time(visit.Start)} – {Time(visit.End)} UTC</p>
            <p>{(visit.IsInside ? words.Inside : words.Outside)}</p>
            <form method="post" action="/rooms/{Encode(token)}/{path}"><button type="submit">{label}</button></form>
            """
        );
    }

    public static string Refused(RoomWords words, Refusal refusal)
    {
        var problem = refusal.Code switch
        {
            RoomRefusals.RoomNotOpenCode => words.NotOpen,
            RoomRefusals.RoomClosedCode => words.Closed,
            RoomRefusals.RoomLinkReplacedCode => words.Replaced,
            _ => words.Invalid,
        };
        return Page(words, $"<p role=\"alert\">{problem}</p>");
    }

    private static string Page(RoomWords words, string content) =>
        $"""
            <!DOCTYPE html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{words.Title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{SignInPages.StylePath}">
            </head>
            <body>
            <main>
            <h1>{words.Title}</h1>
            {content}
            </main>
            </body>
            </html>

            """;

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>The page's texts in one language.</summary>
/// <param name="With">Has a place for a name.</param>
internal sealed record RoomWords(
    string Language,
    string Title,
    string With,
    string Inside,
    string Outside,
    string Join,
    string Leave,
    string NotOpen,
    string Closed,
    string Replaced,
    string Invalid
)
{
    private static readonly RoomWords English = new(
        "en",
        "Private call",
        "A private call with {0}.",
        "You are in the call. Say so when you leave.",
        "You are not in the call yet.",
        "Join the call",
        "Leave the call",
        "The room is not open yet. It opens 10 minutes before the call.",
        "This call is over.",
        "You have a newer link, on this or another device. Please use that one.",
        "This link opens no room."
    );

    private static readonly RoomWords Spanish = new(
        "es",
        "Llamada privada",
        "Una llamada privada con {0}.",
        "Estás en la llamada. Avisa cuando salgas.",
        "Todavía no estás en la llamada.",
        "Entrar en la llamada",
        "Salir de la llamada",
        "La sala aún no está abierta. Se abre 10 minutos antes de la llamada.",
        "Esta llamada ha terminado.",
        "Tienes un enlace más nuevo, en este u otro dispositivo. Usa ese, por favor.",
        "Este enlace no abre ninguna sala."
    );

    /// <summary>By the browser: whoever opens a link is not signed in.</summary>
    public static RoomWords For(HttpRequest request) =>
        request.Headers.AcceptLanguage.ToString().StartsWith("es", StringComparison.OrdinalIgnoreCase)
            ? Spanish
            : English;
}
