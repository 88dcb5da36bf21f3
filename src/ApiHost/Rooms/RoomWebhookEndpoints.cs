using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Rooms;

namespace Actors.ApiHost.Rooms;

/// <summary>
/// Who has come to a call and who has gone, as those say where it takes place. What is not of a room of ours is passed over with
/// 200: to send it again would not help.
/// </summary>
internal sealed class RoomWebhookEndpoints(IGrainFactory grains, RoomWebhookOptions options, TimeProvider time)
    : IEndpoints
{
    private const int MaxBytes = 64 * 1024;

    private static readonly RoomHeardResponse Received = new(true);

    private readonly byte[]? _dailyKey = options.DailyKey;
    private readonly byte[]? _serverKey = options.ServerKey;

    public void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Rooms").Public();
        webhooks
            .Post("/daily", TakeDaily, RoomJson.Default.RoomHeardResponse)
            .WithSummary("For Daily: who has come and gone; known by its signature")
            .Refuses(Codes);
        webhooks
            .Post("/rooms", TakeServer, RoomJson.Default.RoomHeardResponse)
            .WithSummary("For a room server of your own, signed as Standard Webhooks has it")
            .Refuses(Codes);
    }

    private static readonly string[] Codes =
    [
        RoomRefusals.WebhookRefusedCode,
        HttpRefusals.InvalidRequestCode,
        HttpRefusals.BodyTooLargeCode,
        HttpRefusals.RequestTimeoutCode,
    ];

    private async ValueTask<Outcome<RoomHeardResponse>> TakeDaily(Call call)
    {
        var body = await ReadAsync(call.Http);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }
        if (!RoomSignature.IsOfDaily(call.Http.Request, body.Value, _dailyKey, time.GetUtcNow()))
        {
            // Sent before the webhook has a secret, to see whether anybody answers.
            return IsPing(body.Value) ? Received : RoomRefusals.WebhookRefused;
        }
        return Parse(body.Value, RoomJson.Default.DailyNotice) is not { } notice
            ? HttpRefusals.InvalidRequest("The body is no event.")
            : await HearAsync(notice.Read());
    }

    private async ValueTask<Outcome<RoomHeardResponse>> TakeServer(Call call)
    {
        var body = await ReadAsync(call.Http);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }
        if (!RoomSignature.IsOfServer(call.Http.Request, body.Value, _serverKey, time.GetUtcNow()))
        {
            return RoomRefusals.WebhookRefused;
        }
        return Parse(body.Value, RoomJson.Default.ServerNotice) is not { } notice
            ? HttpRefusals.InvalidRequest("The body is no event.")
            : await HearAsync(notice.Read(call.Http.Request.Headers["webhook-id"].ToString()));
    }

    private async ValueTask<Outcome<RoomHeardResponse>> HearAsync((string Booking, RoomEvent Said)? notice)
    {
        if (notice is var (booking, said))
        {
            await grains.GetGrain<IRoomGrain>(booking).Hear(said);
        }
        return Received;
    }

    private async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(HttpContext http)
    {
        FileBody.Expect(http);
        return await FileBody.ReadAsync(http, MaxBytes, HttpRefusals.BodyTooLarge, time);
    }

    private static bool IsPing(ReadOnlyMemory<byte> body) =>
        Parse(body, RoomJson.Default.JsonElement) is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("test", out _)
        && !json.TryGetProperty("type", out _);

    private static T? Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> contract)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, contract);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
