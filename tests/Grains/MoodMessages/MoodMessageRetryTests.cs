using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Journal;
using Actors.TestKit;
using Actors.TestKit.Journals;
using static Actors.Grains.Tests.MoodMessages.Letters;

namespace Actors.Grains.Tests.MoodMessages;

[Trait("Spec", "MM-2")]
public sealed class MoodMessageRetryTests : IAsyncLifetime
{
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await SimulatedGrainEngine.StartAsync();
        await _engine.MeetAsync("ana", "bo", Membership.Vip);
        await _engine.Conversation("ana", "bo").Send(new SendMessage(MessageSender.User, "hi"));
        await _engine.EventuallyAsync(async () =>
            (await _engine.Conversation("ana", "bo").List(new ListMessages(Side.User, 10))).Value!.Total == 2
        );
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_conversation_that_cannot_be_reached_is_tried_again_until_it_is()
    {
        _engine.Journal.Fault = Failing(AppendFault.BeforeWriting);
        await _engine.Message("bo", "k").Send(FromUser("ana", "bo", "hello"));
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(15));

        var sent = (await _engine.Message("bo", "k").Find(User("bo"))).Value!;
        Assert.Equal((MoodMessageStatus.Sent, 3), (sent.Status, sent.Retries));
        _engine.Journal.Fault = null;
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(30));

        var delivered = await _engine.UntilAsync(IdOf("bo", "k"), MoodMessageStatus.Delivered);
        Assert.Equal(3, delivered.Retries);
        Assert.Single(await _engine.SaidAsync("ana", "bo"), static one => one.Content == "hello");
    }

    [Fact]
    public async Task A_message_that_arrived_although_nobody_heard_of_it_is_there_once()
    {
        _engine.Journal.Fault = Failing(AppendFault.AfterWriting);
        await _engine.Message("bo", "k").Send(FromUser("ana", "bo", "hello"));
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(MoodMessageStatus.Sent, (await _engine.Message("bo", "k").Find(User("bo"))).Value!.Status);
        _engine.Journal.Fault = null;
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(30));

        await _engine.UntilAsync(IdOf("bo", "k"), MoodMessageStatus.Delivered);
        Assert.Single(await _engine.SaidAsync("ana", "bo"), static one => one.Content == "hello");
    }

    [Fact]
    public async Task After_eight_tries_it_has_failed_and_says_why_also_through_a_crash()
    {
        _engine.Journal.Fault = Failing(AppendFault.BeforeWriting);
        await _engine.Message("bo", "k").Send(FromUser("ana", "bo", "hello"));
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(5));
        await _engine.CrashAsync();
        _engine.Journal.Fault = Failing(AppendFault.BeforeWriting);
        await _engine.AdvanceAsync(TimeSpan.FromMinutes(60));

        var failed = await _engine.UntilAsync(IdOf("bo", "k"), MoodMessageStatus.Failed);
        Assert.Equal((MoodMessageRefusals.Unreachable, 7), (failed.FailureReason, failed.Retries));
        _engine.Journal.Fault = null;
        await _engine.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.DoesNotContain(await _engine.SaidAsync("ana", "bo"), static one => one.Content == "hello");
    }

    [Fact, Trait("Spec", "MM-4")]
    public async Task Counts_equal_a_recount_of_the_messages_after_every_crash()
    {
        string[] texts = ["I am so happy today!", "I am so sad and lonely", "ok"];
        await _engine.MeetAsync("ana", "cleo", Membership.Basic);
        for (var number = 0; number < 12; number++)
        {
            var user = number % 2 == 0 ? "bo" : "cleo";
            await _engine.Message(user, $"k{number}").Send(FromUser("ana", user, texts[number % 3]));
            if (number % 4 == 3)
            {
                await _engine.CrashAsync();
                await CheckAsync(number + 1);
            }
        }
        foreach (var number in (int[])[0, 2, 5])
        {
            var id = IdOf(number % 2 == 0 ? "bo" : "cleo", $"k{number}");
            await _engine.AdvanceAsync(TimeSpan.FromSeconds(6));
            await _engine.UntilAsync(id, MoodMessageStatus.Delivered);
            Assert.Null((await _engine.Message(id).MarkRead(Model("ana"))).Refusal);
            await _engine.CrashAsync();
        }
        await CheckAsync(12);
    }

    private async Task CheckAsync(int count)
    {
        await _engine.AdvanceAsync(TimeSpan.FromSeconds(10));
        var messages = await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(number => _engine.UntilSettledAsync(IdOf(number % 2 == 0 ? "bo" : "cleo", $"k{number}")))
        );
        var report = await _engine.EventuallyAsync(
            async () =>
                (
                    await _engine
                        .Grains.GetGrain<IMoodMessageAnalyticsGrain>(IMoodMessageAnalyticsGrain.Key)
                        .Report(null, null)
                ).Value!,
            report =>
                report.Sums.Total == count
                && Of(report.Sums.Statuses).SequenceEqual(Counted(messages.Select(static one => one.Status)))
        );
        Assert.Equal(Counted(messages.Select(static one => one.Mood.Mood)), Of(report.Sums.Moods));
        Assert.Equal(Counted(messages.Select(static one => one.Tier!.Value)), Of(report.Sums.Tiers));
        Assert.Equal(1, report.DeliverySuccessRate);
    }

    private static IEnumerable<(T, long)> Of<T>(IReadOnlyDictionary<T, long> counts) =>
        counts.Where(static one => one.Value != 0).Select(static one => (one.Key, one.Value)).Order();

    private static IEnumerable<(T, long)> Counted<T>(IEnumerable<T> values)
        where T : notnull => values.CountBy(static one => one).Select(static one => (one.Key, (long)one.Value)).Order();

    private static Func<Commit, AppendFault> Failing(AppendFault fault) =>
        commit => commit.Stream.Category.SequenceEqual("conversation") ? fault : AppendFault.None;
}
