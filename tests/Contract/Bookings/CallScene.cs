using System.Globalization;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Payments;
using Actors.TestKit;

namespace Actors.Contract.Tests.Bookings;

/// <summary>A performer who is there around the clock and a user who is PRIME, over HTTP.</summary>
internal sealed class CallScene
{
    private static int _names;

    private const string Hours = """[{"from":"00:00","to":"24:00"}]""";

    private CallScene(ApiServer server, string name, TimeSpan? tokenLife)
    {
        (Server, PerformerId, UserId) = (server, $"{name}-p", $"{name}-u");
        (User, Performer, Admin) = (
            server.AsToken(server.Token("user", UserId, tokenLife)),
            server.AsToken(server.Token("model", PerformerId, tokenLife)),
            server.AsToken(server.Token("admin", "root", tokenLife))
        );
    }

    public ApiServer Server { get; }

    public string PerformerId { get; }

    public string UserId { get; }

    public ApiClient User { get; }

    public ApiClient Performer { get; }

    public ApiClient Admin { get; }

    /// <summary>The day after tomorrow, at noon.</summary>
    public static DateTimeOffset Start { get; } =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(12), TimeSpan.Zero);

    /// <summary>A name that no other test has.</summary>
    public static string Fresh(string name) => $"{name}-{Interlocked.Increment(ref _names)}";

    /// <param name="tokenLife">Of everybody's token; an hour unless given.</param>
    public static async Task<CallScene> OpenAsync(ApiServer server, string name, TimeSpan? tokenLife = null)
    {
        var scene = new CallScene(server, name, tokenLife);
        (
            await scene.Admin.Post(
                "/api/v1/admin/performers",
                $$"""
                {"performerId":"{{scene.PerformerId}}","displayName":"Ana","timeZone":"UTC",
                 "weekly":{"monday":{{Hours}},"tuesday":{{Hours}},"wednesday":{{Hours}},"thursday":{{Hours}},
                           "friday":{{Hours}},"saturday":{{Hours}},"sunday":{{Hours}}},
                 "callTypes":["video","audio"],"durations":[30,60],"maxDuration":60,"basePrice":100,
                 "bufferBefore":0,"bufferAfter":0,"status":"active","noticeMinutes":0}
                """
            )
        ).ShouldBe(201);
        await scene.WelcomeAsync(scene.UserId);
        return scene;
    }

    public async Task WelcomeAsync(
        string userId,
        string profile = """{"prime":true,"ageVerified":true,"termsAccepted":true}"""
    ) => (await Admin.Put($"/api/v1/admin/users/{userId}", profile)).ShouldBe(200);

    public Task<Answer> RequestAsync(
        string key,
        ApiClient? user = null,
        DateTimeOffset? start = null,
        int duration = 30
    ) =>
        (user ?? User).Post(
            "/api/v1/bookings",
            $$"""
            {"performerId":"{{PerformerId}}","start":"{{Iso(start ?? Start)}}","duration":{{duration.ToString(
                CultureInfo.InvariantCulture
            )}},"type":"video","rulesVersion":1,"idempotencyKey":"{{key}}"}
            """
        );

    public async Task<string> HeldAsync(string key, DateTimeOffset? start = null)
    {
        var id = (await RequestAsync(key, start: start)).ShouldBe(201)["bookingId"]!;
        (await User.Post($"/api/v1/bookings/{id}/rules", """{"rulesVersion":1}""")).ShouldBe(200);
        return id;
    }

    public Task<Answer> PayAsync(string id, string key = "pay", string provider = "sandbox") =>
        User.Post($"/api/v1/bookings/{id}/pay", $$"""{"provider":"{{provider}}","idempotencyKey":"{{key}}"}""");

    public async Task<string> ConfirmedAsync(string key, DateTimeOffset? start = null)
    {
        var id = await HeldAsync(key, start);
        (await PayAsync(id)).ShouldBe(200);
        await MoneyComesAsync($"{id}-1");
        await UntilAsync(id, "confirmed");
        return id;
    }

    /// <summary>Somebody pays at the sandbox.</summary>
    public async Task MoneyComesAsync(string paymentId) =>
        Assert.Null((await Server.Service<IGrainFactory>().GetGrain<ISandboxPaymentGrain>(paymentId).Pay()).Refusal);

    public Task<Answer> SeeAsync(string id) => User.Get($"/api/v1/bookings/{id}");

    public Task<Answer> UntilAsync(string id, string status) =>
        Eventually.GetAsync(() => SeeAsync(id), answer => answer["status"] == status);

    public static string Iso(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
