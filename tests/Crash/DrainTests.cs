using System.Diagnostics;
using System.Net;
using System.Text;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>OP-1 over the real process: a host that is asked to stop finishes what it has accepted.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan ExitWithin = TimeSpan.FromSeconds(30);

    [Fact]
    [Trait("Spec", "OP-1")]
    public async Task A_stop_under_load_answers_every_request_sent_before_it_and_does_nothing_unanswered()
    {
        await using var site = new CrashSite();
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        await site.RegisterAsync(endPoint);
        var writing = Task.WhenAll(site.Writers.Select(writer => Task.Run(() => writer.WriteAsync(endPoint))));
        await Task.WhenAny(writing, Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System));
        Assert.False(writing.IsCompleted, host.Output);

        var askedAt = Stopwatch.GetTimestamp();
        host.Terminate();
        Assert.Equal(0, await host.ExitAsync(ExitWithin));
        await writing;

        var unanswered = site.Writers.SelectMany(static writer => writer.Unanswered).ToList();
        Assert.DoesNotContain(unanswered, request => request.SentAt != 0 && request.SentAt < askedAt);
        Assert.DoesNotContain("unfinished write", await site.VerifyJournalAsync());
        await using var next = await site.StartAsync();
        await site.CheckHistoriesAsync(await next.EndPointAsync());
        var happened = site.ModelIds.SelectMany(model =>
            site.HistoryOf(model).Select(entry => (model, entry.CustomMessage))
        );
        var cutOff = site.Writers.SelectMany(writer =>
            writer.Unanswered.Select(request => (writer.Model, (string?)request.Message))
        );
        Assert.Empty(happened.Intersect(cutOff));
    }

    [Fact]
    [Trait("Spec", "OP-1")]
    public async Task A_request_whose_body_is_still_coming_when_the_stop_begins_is_answered()
    {
        await using var site = new CrashSite();
        await using var host = await site.StartAsync();
        var endPoint = await host.EndPointAsync();
        await site.RegisterAsync(endPoint);
        var model = site.ModelIds.First();
        using var client = await WireClient.ConnectAsync(endPoint);
        const string start = """{"moodState":"positive",""";
        const string end = "\"customMessage\":\"late\"}";
        var token = site.Token(model, "model");
        var head = WireClient.Head("POST", "/api/v1/mood/update", token, start.Length + end.Length);
        await client.SendAsync(Encoding.ASCII.GetBytes(head + start));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);

        host.Terminate();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        await client.SendAsync(Encoding.ASCII.GetBytes(end));

        Assert.Equal(HttpStatusCode.OK, (await client.AnswerAsync()).Status);
        Assert.Equal(0, await host.ExitAsync(ExitWithin));
    }
}
