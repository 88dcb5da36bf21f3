using System.Net;
using System.Text.Json;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>Two users and a model who write to each other, the live feeds of all three, and what the hosts make of it.</summary>
internal sealed class MessageSite() : HostSite()
{
    private const string Model = "model-1";
    private const int Users = 2;
    private const int PageSize = 100;

    private readonly Dictionary<string, IReadOnlyList<Said>> _before = [];
    private readonly List<Talker> _users = [];
    private readonly List<Talker> _answers = [];
    private readonly List<FeedFollower> _followers = [];

    public IEnumerable<Talker> Talkers => _users.Concat(_answers);

    public IReadOnlyList<FeedFollower> Followers => _followers;

    /// <summary>Everybody is known, and everything that is said from here on is heard.</summary>
    public async Task OpenAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        await AskAsync(
            client,
            "PUT",
            $"/api/v1/admin/models/{Model}",
            Token("root", "admin"),
            """{"displayName":"M"}"""
        );
        _followers.Add(new FeedFollower(Model, Token(Model, "model")));
        for (var number = 1; number <= Users; number++)
        {
            var user = $"user-{number}";
            var id = $"model.{Model}.{user}";
            _users.Add(new Talker(id, user, Model, Token(user, "user")));
            _answers.Add(new Talker(id, $"answer-{number}", user, Token(Model, "model")));
            _followers.Add(new FeedFollower(user, Token(user, "user")));
        }
    }

    /// <summary>The user begins; a model does not.</summary>
    public Task BeginAsync(IPEndPoint endPoint) => Task.WhenAll(_users.Select(user => user.SayAsync(endPoint)));

    /// <summary>
    /// Everything that was acknowledged is there once under its id, in an order that no restart has changed, and nothing is there
    /// that nobody has sent.
    /// </summary>
    public async Task CheckMessagesAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        foreach (var user in _users)
        {
            var sides = Talkers.Where(one => one.Conversation == user.Conversation).ToArray();
            Check(user.Conversation, await ReadAsync(client, user), sides, mayMiss: true);
            foreach (var side in sides)
            {
                await side.RepeatAsync(endPoint);
            }
            var all = await ReadAsync(client, user);
            Check(user.Conversation, all, sides, mayMiss: false);
            _before[user.Conversation] = all;
        }
    }

    /// <summary>Each feed has told each message of its person's conversations once, in the order of the conversation.</summary>
    public async Task CheckFeedsAsync(IPEndPoint endPoint)
    {
        foreach (var follower in _followers)
        {
            string[] expected =
            [
                .. _before
                    .Where(one =>
                        follower.Person == Model || one.Key.EndsWith($".{follower.Person}", StringComparison.Ordinal)
                    )
                    .SelectMany(static one => one.Value.Select(static said => said.Id)),
            ];
            await follower.CatchUpAsync(endPoint, expected);
            var heard = follower.Messages;
            Assert.Equal(heard.Count, heard.Distinct().Count());
            Assert.Equal(expected.Order(), heard.Order());
            foreach (var conversation in heard.GroupBy(static id => id[..id.LastIndexOf('.')]))
            {
                var numbers = conversation.Select(NumberOf).ToArray();
                Assert.Equal(numbers.Order(), numbers);
            }
        }
    }

    private void Check(string conversation, IReadOnlyList<Said> all, Talker[] sides, bool mayMiss)
    {
        Assert.Equal(
            Enumerable.Range(1, all.Count).Select(static number => (long)number),
            all.Select(static one => NumberOf(one.Id))
        );
        var before = _before.GetValueOrDefault(conversation, []);
        Assert.Equal(before, all.Take(before.Count));
        var typed = all.Where(static one => one.Automated is null).ToArray();
        Assert.Equal(typed.Length, typed.Select(static one => one.Content).Distinct().Count());
        // None when the model was faster.
        Assert.InRange(all.Count(static one => one.Automated is not null), 0, 1);
        var byContent = typed.ToDictionary(static one => one.Content, static one => one.Id);
        foreach (var side in sides)
        {
            Assert.Empty(side.Refused);
            var wrong = side.Acknowledged.Where(one => byContent.GetValueOrDefault(one.Key) != one.Value);
            Assert.Equal([], wrong.Select(static one => $"{one.Value} '{one.Key}' was acknowledged"));
            // One that is written after another was acknowledged comes after it.
            var numbers = side.Acknowledged.Values.Select(NumberOf).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }
        var sent = sides.SelectMany(static side => side.Acknowledged.Keys.Concat(side.Unanswered)).ToArray();
        Assert.Empty(byContent.Keys.Except(sent));
        Assert.True(mayMiss || byContent.Count == sent.Length);
    }

    private static long NumberOf(string id) =>
        long.Parse(id[(id.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<Said>> ReadAsync(WireClient client, Talker user)
    {
        List<Said> newestFirst = [];
        string? before = null;
        var token = Token(user.Conversation[(user.Conversation.LastIndexOf('.') + 1)..], "user");
        do
        {
            var path =
                $"/api/v1/conversations/{Model}/messages?limit={PageSize}"
                + (before is null ? "" : $"&before={before}");
            var page = await AskAsync(client, "GET", path, token);
            newestFirst.AddRange(page.GetProperty("messages").EnumerateArray().Select(Said.From));
            before = page.GetProperty("next").GetString();
        } while (before is not null);
        newestFirst.Reverse();
        return newestFirst;
    }

    private static async Task<JsonElement> AskAsync(
        WireClient client,
        string method,
        string path,
        string token,
        string body = ""
    )
    {
        var answer = await client.SendAsync(method, path, token, body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Status} {answer.Body}");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }

    private sealed record Said(string Id, string Content, string? Automated)
    {
        public static Said From(JsonElement json) =>
            new(
                json.GetProperty("id").GetString()!,
                json.GetProperty("content").GetString()!,
                json.GetProperty("automated").GetString()
            );
    }
}
