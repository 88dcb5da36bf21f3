using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Grains.Rooms.Daily;

/// <summary>
/// Daily's REST API. Rooms are private, for two people, end by themselves, and record nothing; a token is for one room, one
/// person and the time of the call. People are named by their side of the call, so that Daily learns no id of anybody.
/// </summary>
public sealed class DailyRooms(RoomOptions options, IHttpClientFactory clients, TimeProvider time) : IRoomProvider
{
    public const string Client = "daily-rooms";

    private const int MaxAnswerBytes = 64 * 1024;
    private const int MostPeople = 2;
    private const int MaxUrlLength = 1_000;

    public string Name => "daily";

    public bool KnowsWhoIsInside => true;

    public async Task<RoomAnswer<string>> MakeAsync(RoomPlan plan)
    {
        var wanted = new DailyRoom(plan.Room, "private", PropertiesOf(plan));
        var made = await AskAsync(
            HttpMethod.Post,
            "rooms",
            wanted,
            DailyJson.Default.DailyRoom,
            DailyJson.Default.DailyRoomMade
        );
        // A try whose answer was lost has made it: names are taken once.
        if (made.Status == HttpStatusCode.BadRequest)
        {
            made = await AskAsync(HttpMethod.Get, Path(plan.Room), DailyJson.Default.DailyRoomMade);
        }
        return
            made.Answer is { Url: { } url, Name: { } name, Privacy: "private" } && name == plan.Room && IsAddress(url)
            ? url
            : made.Failed<string>();
    }

    public async Task<RoomAnswer<string>> AdmitAsync(RoomPass pass)
    {
        var wanted = new DailyTokenWanted(
            new DailyTokenProperties(
                pass.Room,
                pass.Guest,
                IsOwner: false,
                Seconds(pass.Opens),
                Seconds(pass.Closes),
                EjectAtTokenExp: true
            )
        );
        var given = await AskAsync(
            HttpMethod.Post,
            "meeting-tokens",
            wanted,
            DailyJson.Default.DailyTokenWanted,
            DailyJson.Default.DailyToken
        );
        return given.Answer is { Token: { Length: > 0 } token }
            ? $"{pass.Address}?t={Uri.EscapeDataString(token)}"
            : given.Failed<string>();
    }

    /// <summary>Daily remembers the name and does not let it in again while the meeting lasts.</summary>
    public async Task<RoomAnswer<Nothing>> PutOutAsync(string room, string guest) =>
        DoneOrGone(
            await AskAsync(
                HttpMethod.Post,
                $"{Path(room)}/eject",
                new DailyEject([guest], Ban: true),
                DailyJson.Default.DailyEject,
                DailyJson.Default.JsonElement
            )
        );

    public async Task<RoomAnswer<IReadOnlyList<RoomGuestSeen>>> LookAsync(string room)
    {
        var seen = await AskAsync(HttpMethod.Get, $"{Path(room)}/presence", DailyJson.Default.DailyPresence);
        return seen.Answer is { Data: { } people }
            ? new RoomAnswer<IReadOnlyList<RoomGuestSeen>>(
                [
                    .. people
                        .Where(static one => one is { UserId: not null, Id: not null })
                        .Select(static one => new RoomGuestSeen(one.UserId!, one.Id!, one.JoinTime)),
                ],
                null
            )
            : seen.Failed<IReadOnlyList<RoomGuestSeen>>();
    }

    public async Task<RoomAnswer<Nothing>> DeleteAsync(string room) =>
        DoneOrGone(await AskAsync(HttpMethod.Delete, Path(room), DailyJson.Default.JsonElement));

    private static DailyRoomProperties PropertiesOf(RoomPlan plan) =>
        new(
            Seconds(plan.Opens),
            Seconds(plan.Closes),
            MostPeople,
            EjectAtRoomExp: true,
            StartVideoOff: !plan.WithVideo,
            EnableChat: false,
            EnableKnocking: false
        );

    private static RoomAnswer<Nothing> DoneOrGone<T>(DailyAnswer<T> answer) =>
        answer.Failure is null || answer.Status == HttpStatusCode.NotFound ? Nothing.More : answer.Failed<Nothing>();

    private static string Path(string room) => $"rooms/{Uri.EscapeDataString(room)}";

    private static long Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds();

    private static bool IsAddress(string url) =>
        url.Length <= MaxUrlLength
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.Query.Length == 0;

    private Task<DailyAnswer<TAnswer>> AskAsync<TAnswer>(
        HttpMethod method,
        string path,
        JsonTypeInfo<TAnswer> answer
    ) => SendAsync(method, path, null, answer);

    private Task<DailyAnswer<TAnswer>> AskAsync<TBody, TAnswer>(
        HttpMethod method,
        string path,
        TBody body,
        JsonTypeInfo<TBody> contract,
        JsonTypeInfo<TAnswer> answer
    ) => SendAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(body, contract), answer);

    private async Task<DailyAnswer<TAnswer>> SendAsync<TAnswer>(
        HttpMethod method,
        string path,
        byte[]? body,
        JsonTypeInfo<TAnswer> contract
    )
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            using var http = clients.CreateClient(Client);
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            using var request = new HttpRequestMessage(method, new Uri(options.DailyAddress, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.DailyKey);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }
            using var response = await http.SendAsync(request, timeout.Token);
            var json = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            return response.IsSuccessStatusCode
                ? new(response.StatusCode, JsonSerializer.Deserialize(json, contract), null)
                : new(response.StatusCode, default, $"It answered with status {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException)
        {
            return new(null, default, "It did not answer in time.");
        }
        catch (JsonException)
        {
            return new(null, default, "Its answer cannot be understood.");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException || exception is Polly.ExecutionRejectedException)
        {
            return new(null, default, $"It could not be reached: {exception.GetType().Name}.");
        }
    }
}

/// <param name="Status">Null when none came.</param>
/// <param name="Failure">Null for success, whatever the answer says.</param>
internal readonly record struct DailyAnswer<T>(HttpStatusCode? Status, T? Answer, string? Failure)
{
    public RoomAnswer<TOther> Failed<TOther>() =>
        RoomAnswer<TOther>.Failed(Failure ?? "Its answer does not say what was asked.");
}
