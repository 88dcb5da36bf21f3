using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Notifications;
using Actors.TestKit;

namespace Actors.Grains.Tests.Notifications;

[Trait("Spec", "NO-1")]
public sealed class InboxGrainTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task A_notification_that_arrives_twice_is_kept_once_also_after_a_crash()
    {
        await Inbox("twice").Receive(new Delivery("mood/twice", 256), Told("first"));
        await Inbox("twice").Receive(new Delivery("mood/twice", 256), Told("first"));

        await _engine.CrashAsync();
        await Inbox("twice").Receive(new Delivery("mood/twice", 256), Told("first"));
        await Inbox("twice").Receive(new Delivery("mood/twice", 512), Told("second"));

        var page = await Inbox("twice").List(10, 0);
        Assert.Equal(["second", "first"], page.Notifications.Select(static item => item.Text));
    }

    [Fact]
    public async Task What_was_read_stays_read_through_crashes_and_restarts()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Inbox("reader").Receive(new Delivery("mood/reader", number), Told($"text {number}"));
        }

        var marked = await Inbox("reader").MarkRead(new MarkNotificationsRead([2, 5]));
        await _engine.CrashAsync();
        var afterCrash = await Inbox("reader").List(10, 0);
        await _engine.DeactivateAllAsync();
        var all = await Inbox("reader").MarkRead(new MarkNotificationsRead());
        await _engine.DeactivateAllAsync();

        Assert.Equal(3, marked.Value!.Unread);
        Assert.Equal([5, 2], afterCrash.Notifications.Where(static item => item.Read).Select(static item => item.Id));
        Assert.Equal((5, 3), (afterCrash.Total, afterCrash.Unread));
        Assert.Equal(0, all.Value!.Unread);
        Assert.Equal(0, (await Inbox("reader").List(1, 0)).Unread);
    }

    [Fact]
    public async Task Whoever_follows_an_inbox_hears_of_the_next_notification_and_misses_none()
    {
        var inbox = Inbox("followed");
        await inbox.Receive(new Delivery("mood/followed", 1), Told("first"));
        var seen = await inbox.Follow(-1);
        var following = inbox.Follow(seen);

        await inbox.Receive(new Delivery("mood/followed", 2), Told("second"));

        Assert.True(await following > seen);
        var page = await inbox.Since(1, 10);
        Assert.Equal(["second"], page.Notifications.Select(static item => item.Text));
    }

    [Fact]
    public async Task A_full_inbox_reads_back_from_its_snapshot()
    {
        // One after the other, as an outbox does: calls on their way together may overtake each other.
        for (var number = 1; number <= 1_100; number++)
        {
            await Inbox("full").Receive(new Delivery("mood/full", number), Told($"text {number}"));
        }
        await Inbox("full").MarkRead(new MarkNotificationsRead([1_100]));

        await _engine.DeactivateAllAsync();

        var page = await Inbox("full").List(2, 0);
        Assert.Equal(["text 1100", "text 1099"], page.Notifications.Select(static item => item.Text));
        Assert.Equal((1_000, 999), (page.Total, page.Unread));
        Assert.Equal([101], (await Inbox("full").List(5, 999)).Notifications.Select(static item => item.Id));
    }

    private INotificationInboxGrain Inbox(string person) => _engine.Grains.GetGrain<INotificationInboxGrain>(person);

    private Notification Told(string text) => new("mood_reset", text, _engine.Time.GetUtcNow());
}
