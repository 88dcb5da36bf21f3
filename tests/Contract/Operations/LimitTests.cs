using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Operations;

[Trait("Spec", "SE-1")]
public sealed class LimitTests
{
    private static Task<ApiServer> Start() => ApiServer.Start(["--Limits:RequestsPerMinute=6", "--Limits:Burst=5"]);

    [Fact]
    public async Task A_caller_is_told_what_is_left_and_then_refused_while_others_go_on()
    {
        await using var server = await Start();
        var caller = server.As("user", "eager");
        for (var left = 4; left >= 0; left--)
        {
            var answer = (await caller.Get("/api/v1/me")).ShouldBe(200);
            Assert.Equal("\"default\";q=6;w=60", answer.Headers["RateLimit-Policy"]);
            Assert.StartsWith("\"default\";r=", answer.Headers["RateLimit"], StringComparison.Ordinal);
            Assert.Equal("6", answer.Headers["RateLimit-Limit"]);
            Assert.InRange(int.Parse(answer.Headers["RateLimit-Remaining"], null), left, left + 1);
            Assert.InRange(int.Parse(answer.Headers["RateLimit-Reset"], null), 0, 50);
        }
        var refused = await Eagerly(caller);
        refused.ShouldRefuse(429, "TOO_MANY_REQUESTS");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], null), 1, 10);
        Assert.Equal("0", refused.Headers["RateLimit-Remaining"]);
        (await server.As("user", "calm").Get("/api/v1/me")).ShouldBe(200);
    }

    [Fact]
    public async Task A_person_may_send_only_so_much_text_in_an_hour_and_whoever_runs_the_house_may_send_more()
    {
        await using var server = await ApiServer.Start(["--Limits:BytesPerHour=65536"]);
        var model = await server.Model("wordy");
        var body = $$"""{"moodState":"positive","customMessage":"{{new string('x', 30_000)}}"}""";

        var answers = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add(await model.Post("/api/v1/mood/update", body));
        }

        Assert.Equal([400, 400, 429], answers.Select(static answer => answer.Status));
        answers[2].ShouldRefuse(429, "TOO_MUCH_WRITTEN");
        (await model.Get("/api/v1/mood/wordy")).ShouldBe(200);
        (await (await server.Model("terse")).Post("/api/v1/mood/update", """{"moodState":"positive"}""")).ShouldBe(200);
        for (var i = 0; i < 3; i++)
        {
            (await server.As("admin", "root").Put("/api/v1/admin/models/wordy", body)).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Another_token_of_the_same_person_shares_the_limit()
    {
        await using var server = await Start();
        await Eagerly(server.As("user", "two-tokens"));
        var other = server.AsToken(server.Token("user", "two-tokens", TimeSpan.FromHours(5)));
        Assert.Equal(429, (await Eagerly(other, 3)).Status);
    }

    [Fact]
    public async Task Whoever_guesses_tokens_is_limited_by_address_and_probes_never_are()
    {
        await using var server = await Start();
        var neighbour = server.As("user", "neighbour");
        (await neighbour.Get("/api/v1/me")).ShouldBe(200);
        var guesser = server.AsToken("a.b.c");
        (await Eagerly(guesser)).ShouldRefuse(429, "TOO_MANY_REQUESTS");
        (await server.AsNobody().Get("/nothing")).ShouldBe(429);
        (await neighbour.Get("/api/v1/me")).ShouldBe(200);
        for (var i = 0; i < 20; i++)
        {
            (await server.AsNobody().Get("/livez")).ShouldBe(200);
        }
    }

    [Theory]
    [Trait("Spec", "WA-3")]
    [InlineData("user", "/api/v1/statement?format=csv", 30)]
    [InlineData("user", "/api/v1/statement?format=json", 30)]
    [InlineData("user", "/api/v1/statement", 1)]
    [InlineData("admin", "/api/v1/admin/ledger/proof", 60)]
    public async Task What_reads_without_end_costs_more_of_the_limit(string role, string path, int cost)
    {
        await using var server = await ApiServer.Start(["--Limits:RequestsPerMinute=100"]);
        var answer = (await server.As(role, "reader").Get(path)).ShouldBe(200);
        // Some of it may be back already.
        Assert.InRange(int.Parse(answer.Headers["RateLimit-Remaining"], null), 100 - cost, 103 - cost);
        var refused = answer;
        for (var times = 1; times <= 100 / cost + 1 && refused.Status == 200; times++)
        {
            refused = await server.As(role, "reader").Get(path);
        }
        refused.ShouldRefuse(429, "TOO_MANY_REQUESTS");
    }

    [Fact]
    [Trait("Spec", "CH-3")]
    public async Task So_does_a_live_feed_that_resumes()
    {
        await using var server = await ApiServer.Start(["--Limits:RequestsPerMinute=20"]);
        var caller = server.As("service", "resuming");
        // Nobody has received this event; whether that is so has to be looked up.
        const string resume = "/api/v1/events?lastEventId=n999999";
        (await caller.Get(resume)).ShouldRefuse(400, "INVALID_EVENT_ID");
        (await caller.Get(resume)).ShouldRefuse(400, "INVALID_EVENT_ID");
        (await caller.Get(resume)).ShouldRefuse(429, "TOO_MANY_REQUESTS");
    }

    [Fact]
    public async Task A_limit_that_is_smaller_than_the_cost_lets_the_full_one_pass()
    {
        await using var server = await Start();
        (await server.As("user", "reader").Get("/api/v1/statement?format=csv")).ShouldBe(200);
        (await server.As("user", "reader").Get("/api/v1/statement?format=csv")).ShouldBe(429);
    }

    /// <summary>Asks until refused; refills take ten seconds each, so a few more than the burst do.</summary>
    private static async Task<Answer> Eagerly(ApiClient caller, int times = 30)
    {
        var answer = await caller.Get("/api/v1/me");
        for (var i = 1; i < times && answer.Status != 429; i++)
        {
            answer = await caller.Get("/api/v1/me");
        }
        return answer;
    }
}
