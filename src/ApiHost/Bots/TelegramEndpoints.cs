using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Bots;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Actors.ApiHost.Bots;

/// <summary>Links to our bot, and what Telegram tells us of its chats.</summary>
internal sealed partial class TelegramEndpoints(
    IGrainFactory grains,
    TelegramOptions options,
    TelegramUpdates updates,
    TimeProvider time,
    ILogger<TelegramEndpoints> logger
) : IEndpoints
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int CodeBytes = 24;

    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(15);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGroup("/api/v1/me/telegram")
            .WithTags("Bots")
            .For(Roles.User)
            .Switchable(Features.Bookings)
            .Post("", Link, TelegramJson.Default.TelegramLinkResponse)
            .WithSummary("A link that opens our bot on Telegram and makes the chat the caller's; once, for 15 minutes")
            .Refuses(HttpRefusals.NotFoundCode);
        routes
            .MapGroup("/webhooks/telegram")
            .WithTags("Bots")
            .Switchable(Features.Bookings)
            .MapMethods("", ["POST"], Take)
            .Public()
            .Unlimited()
            .WithMetadata(((Delegate)Take).Method, new AnswerStream("200", "Taken.", null))
            .WithSummary("For Telegram, known by the secret that it was given; each update counts once")
            .Refuses(
                HttpRefusals.NotFoundCode,
                HttpRefusals.InvalidRequestCode,
                HttpRefusals.BusyCode,
                HttpRefusals.UnavailableCode
            );
    }

    private async ValueTask<Outcome<TelegramLinkResponse>> Link(Call call)
    {
        if (!options.IsOn)
        {
            return HttpRefusals.NotFound;
        }
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        var expiresAt = time.GetUtcNow() + CodeLasts;
        await grains.GetGrain<ITelegramCodeGrain>(TelegramUpdates.KeyOf(code)).Issue(call.Caller.Id, expiresAt);
        return new TelegramLinkResponse($"https://t.me/{options.BotName}?start={code}", expiresAt);
    }

    private async Task Take(HttpContext http)
    {
        if (!options.IsOn || !IsTelegram(http.Request))
        {
            // To others there is nothing here.
            Problem.Write(http, HttpRefusals.NotFound);
            return;
        }
        Update? update;
        try
        {
            update = await JsonSerializer.DeserializeAsync<Update>(
                http.Request.Body,
                JsonBotAPI.Options,
                http.RequestAborted
            );
        }
        catch (JsonException)
        {
            update = null;
        }
        if (await TakeAsync(update, http.RequestAborted) is { } refusal)
        {
            Problem.Write(http, refusal);
        }
    }

    private async Task<Refusal?> TakeAsync(Update? update, CancellationToken cancellation)
    {
        if (update is null)
        {
            return HttpRefusals.InvalidRequest("The body is an update of Telegram.");
        }
        try
        {
            return await updates.TakeAsync(update, cancellation) ? null : HttpRefusals.Busy;
        }
        catch (RequestException fault)
        {
            LogAway(logger, fault);
            return HttpRefusals.Unavailable;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screen could not be shown; Telegram sends the update again")]
    private static partial void LogAway(ILogger logger, Exception fault);

    private bool IsTelegram(HttpRequest request) =>
        request.Headers[SecretHeader] is [{ } secret]
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes(options.WebhookSecret)
        );
}
