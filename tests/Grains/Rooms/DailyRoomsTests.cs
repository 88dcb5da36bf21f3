using System.Net;
using Actors.Grains.Rooms;
using Actors.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Rooms;

public sealed class DailyRoomsTests : RoomProviderContract, IAsyncLifetime
{
    private readonly FakeTimeProvider _doorTime = new(Now);
    private DailyServer _server = null!;
    private ServiceProvider _services = null!;

    protected override IRoomProvider Provider => _services.GetRequiredService<RoomProviders>().Chosen;

    public async ValueTask InitializeAsync()
    {
        _server = await DailyServer.StartAsync(_doorTime);
        _services = ServicesFor(_server.Address, DailyServer.Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override void Advance(TimeSpan by) => _doorTime.Advance(by);

    protected override bool LetsIn(string link) => _server.Enter(link) is not null;

    [Fact]
    public async Task A_room_is_private_for_two_ends_by_itself_and_records_nothing()
    {
        var plan = Plan() with { WithVideo = false };
        var made = await Provider.MakeAsync(plan);

        Assert.Equal(new Uri(_server.Address, $"/{plan.Room}").AbsoluteUri, made.Value);
        var asked = Assert.Single(_server.Requests);
        Assert.Equal(("POST", "rooms"), (asked.Method, asked.Path));
        Assert.Equal("private", (string?)asked.Body!["privacy"]);
        Assert.Equal(
            $$"""{"nbf":{{plan.Opens.ToUnixTimeSeconds()}},"exp":{{plan.Closes.ToUnixTimeSeconds()}},"max_participants":2,"eject_at_room_exp":true,"start_video_off":true,"enable_chat":false,"enable_knocking":false}""",
            asked.Body["properties"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_token_is_for_one_room_one_person_and_the_time_of_the_call_and_names_nobody()
    {
        var plan = Plan();
        await LinkAsync(plan, "user-3");

        var asked = _server.Requests[^1];
        Assert.Equal("meeting-tokens", asked.Path);
        Assert.Equal(
            $$"""{"room_name":"{{plan.Room}}","user_id":"user-3","is_owner":false,"nbf":{{plan.Opens.ToUnixTimeSeconds()}},"exp":{{plan.Closes.ToUnixTimeSeconds()}},"eject_at_token_exp":true}""",
            asked.Body!["properties"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Nobody_gets_in_before_the_room_opens_and_no_third_person_ever()
    {
        var plan = Plan() with { Opens = Now + TimeSpan.FromMinutes(1) };
        var link = await LinkAsync(plan, "user-1");
        Assert.False(LetsIn(link));
        Advance(TimeSpan.FromMinutes(1));
        Assert.True(LetsIn(link));
        Assert.True(LetsIn(await LinkAsync(plan, "performer-2")));
        Assert.False(LetsIn(await LinkAsync(plan, "user-3")));
    }

    [Fact]
    public async Task Whoever_is_inside_is_seen_with_her_session_and_a_deleted_room_has_nobody()
    {
        var plan = Plan();
        var session = _server.Enter(await LinkAsync(plan, "user-1"));

        Assert.Equal([new RoomGuestSeen("user-1", session!, Now)], (await Provider.LookAsync(plan.Room)).Value!);
        await Provider.DeleteAsync(plan.Room);
        Assert.NotNull((await Provider.LookAsync(plan.Room)).Failure);
        Assert.Empty(_server.Rooms);
    }

    [Fact]
    public async Task A_room_of_that_name_that_is_not_private_is_not_used()
    {
        var plan = Plan();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "rooms"));
        request.Headers.Add("Authorization", $"Bearer {DailyServer.Key}");
        request.Content = new StringContent($$"""{"name":"{{plan.Room}}","privacy":"public"}""");
        using var made = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);

        Assert.NotNull((await Provider.MakeAsync(plan)).Failure);
    }

    [Fact]
    public async Task One_answer_that_is_lost_is_asked_for_again()
    {
        var plan = Plan();
        var left = 1;
        _server.Trouble = http =>
        {
            _server.Trouble = --left > 0 ? _server.Trouble : null;
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        Assert.NotNull((await Provider.MakeAsync(plan)).Value);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("nonsense")]
    [InlineData("broken off")]
    [InlineData("silent")]
    [InlineData("too much")]
    [InlineData("another room")]
    public async Task Whatever_goes_wrong_is_an_answer(string trouble)
    {
        _server.Trouble = async http =>
        {
            if (trouble == "silent")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            }
            if (trouble == "broken off")
            {
                http.Abort();
                return;
            }
            http.Response.StatusCode = trouble == "refused" ? 403 : 200;
            await http.Response.WriteAsync(
                trouble switch
                {
                    "too much" => new string('x', 100_000),
                    "another room" => """{"name":"other","privacy":"private","url":"https://x.daily.co/other"}""",
                    _ => "<html>",
                }
            );
        };

        Assert.NotNull((await Provider.MakeAsync(Plan())).Failure);
        Assert.NotNull((await Provider.AdmitAsync(Pass())).Failure);
        if (trouble != "another room")
        {
            Assert.NotNull((await Provider.PutOutAsync("bk_1-1", "user-1")).Failure);
            Assert.NotNull((await Provider.DeleteAsync("bk_1-1")).Failure);
        }
        Assert.NotNull((await Provider.LookAsync("bk_1-1")).Failure);
    }

    [Fact]
    public async Task A_service_that_is_not_there_or_does_not_know_us_is_an_answer_without_the_key()
    {
        await using var unknown = ServicesFor(_server.Address, "another key");
        var refused = await unknown.GetRequiredService<RoomProviders>().Chosen.MakeAsync(Plan());
        Assert.Contains("401", refused.Failure!, StringComparison.Ordinal);

        await using var nowhere = ServicesFor(new Uri("http://127.0.0.1:9/v1/"), DailyServer.Key);
        var away = await nowhere.GetRequiredService<RoomProviders>().Chosen.MakeAsync(Plan());
        Assert.NotNull(away.Failure);
        Assert.DoesNotContain(DailyServer.Key, away.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain(
            DailyServer.Key,
            new RoomOptions { DailyKey = DailyServer.Key }.ToString(),
            StringComparison.Ordinal
        );
    }

    private static RoomPass Pass() =>
        new("bk_1", "bk_1-1", "https://x.daily.co/bk_1-1", "user-1", "key", Now, Now.AddMinutes(1));

    private static ServiceProvider ServicesFor(Uri address, string key) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(
                new RoomOptions
                {
                    Service = RoomService.Daily,
                    DailyAddress = address,
                    DailyKey = key,
                    TimeoutSeconds = 3,
                }
            )
            .AddRooms()
            .BuildServiceProvider();
}
