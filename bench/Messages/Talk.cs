using Actors.Bench.Hosts;
using Actors.Bench.Load;
using Actors.Bench.Scenarios;

namespace Actors.Bench.Messages;

/// <summary>Users who have begun to talk with models, and what they say next, ready to go over the wire.</summary>
internal sealed class Talk
{
    private const int Seed = 1;
    private const int Connections = 64;

    private readonly BenchHost _host;
    private readonly Dictionary<int, string> _tokens = [];

    private Talk(BenchHost host, int users, int models, int conversations)
    {
        _host = host;
        Uniform = Messages("message, uniform", users, models, conversations);
        Hot = Messages("message, one hot model", users, 1, Math.Min(users, conversations));
        Noop = new Target("no-op POST", "POST", MoodRequests.NoopPath, Uniform.Tokens, static _ => NoopBody);
    }

    /// <summary>Any user writes to any model.</summary>
    public Target Uniform { get; }

    /// <summary>Any user writes to the first model.</summary>
    public Target Hot { get; }

    /// <summary>The same callers, who want nothing.</summary>
    public Target Noop { get; }

    private static string Text { get; } = new('x', 120);

    /// <summary>As long as the body of a message.</summary>
    private static string NoopBody { get; } =
        $$"""{"moodState":"positive","customMessage":"{{new string('x', 72)}}","autoRespond":true,"responseDelay":30}""";

    public static async Task<Talk> OpenAsync(BenchHost host, int users, int models, int conversations)
    {
        await host.RegisterAsync([.. Enumerable.Range(0, models).Select(ModelOf)]);
        await IntroduceAsync(host, users);
        var talk = new Talk(host, users, models, conversations);
        foreach (var target in new[] { talk.Uniform, talk.Hot })
        {
            BenchHost.ThrowOnFault(await ClosedLoop.SendAllAsync(host.EndPoint, target.Bytes(), Connections));
        }
        return talk;
    }

    /// <summary>Makes users known.</summary>
    public static async Task IntroduceAsync(BenchHost host, int users)
    {
        var admin = host.Token("bench-admin", "admin");
        ReadOnlyMemory<byte>[] requests =
        [
            .. Enumerable
                .Range(0, users)
                .Select(number => RequestBytes.WithBody("PUT", $"/api/v1/admin/users/{UserOf(number)}", admin, "{}")),
        ];
        BenchHost.ThrowOnFault(await ClosedLoop.SendAllAsync(host.EndPoint, requests, Connections));
    }

    public static string ModelOf(int number) => $"model-{number:D6}";

    public static string UserOf(int number) => $"user-{number:D7}";

    private Target Messages(string name, int users, int models, int conversations)
    {
        var chance = new Random(Seed);
        var drawn = Enumerable
            .Range(0, conversations)
            .Select(number => (User: models == 1 ? number : chance.Next(users), Model: chance.Next(models)))
            .ToArray();
        return new Target(
            name,
            "POST",
            "/api/v1/conversations/{0}/messages",
            [.. drawn.Select(draw => TokenOf(draw.User))],
            static _ => $$"""{"content":"{{Text}}"}"""
        )
        {
            Ids = [.. drawn.Select(static draw => ModelOf(draw.Model))],
        };
    }

    private string TokenOf(int user) =>
        _tokens.TryGetValue(user, out var token) ? token : _tokens[user] = _host.Token(UserOf(user), "user");
}
