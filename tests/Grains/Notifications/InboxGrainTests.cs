using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Notifications;
using Actors.Grains.Notifications;
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

    [Fact, Trait("Spec", "BO-11")]
    public async Task A_list_is_in_the_language_and_the_zone_that_the_person_has_now()
    {
        var profile = _engine.Grains.GetGrain<IModelProfileGrain>("bilingual");
        await profile.Register(new RegisterModel(Actor.System, "Ana", TimeZone: "America/Bogota"));
        await OverriddenAsync("bilingual", 1);

        Assert.Equal(
            "An administrator set your mood to negative until Jun 30, 2026, 10:00 PM: Complaint 12",
            await NewestAsync("bilingual")
        );
        await profile.Register(new RegisterModel(Actor.System, Language: "es", TimeZone: "Europe/Madrid"));
        Assert.Equal(
            "Un administrador puso tu estado de ánimo en negativo hasta el 1 jul 2026, 5:00: Complaint 12",
            await NewestAsync("bilingual")
        );
    }

    [Fact, Trait("Spec", "BO-11")]
    public async Task Who_follows_an_inbox_reads_a_new_language_within_half_a_minute()
    {
        var profile = _engine.Grains.GetGrain<IUserProfileGrain>("following");
        await profile.Set(new SetUserProfile(Actor.System, "Bo"));
        await OverriddenAsync("following", 1);
        var before = await Inbox("following").Since(0, 10);
        await profile.Set(new SetUserProfile(Actor.System, Language: "es"));

        await _engine.AdvanceAsync(TimeSpan.FromSeconds(31));

        var after = await Inbox("following").Since(0, 10);
        Assert.StartsWith("An admin", Assert.Single(before.Notifications).Text, StringComparison.Ordinal);
        Assert.StartsWith("Un admin", Assert.Single(after.Notifications).Text, StringComparison.Ordinal);
        Assert.Equal(before.Notifications[0].Facts, after.Notifications[0].Facts);
    }

    [Fact, Trait("Spec", "BO-11")]
    public async Task Who_has_no_profile_reads_English_and_the_time_of_UTC()
    {
        await OverriddenAsync("admin:root", 1);
        await OverriddenAsync("nobody-yet", 1);

        const string Text = "An administrator set your mood to negative until Jul 1, 2026, 3:00 AM: Complaint 12";
        Assert.Equal((Text, Text), (await NewestAsync("admin:root"), await NewestAsync("nobody-yet")));
    }

    private Task OverriddenAsync(string person, long number)
    {
        var until = new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero);
        var facts = new NotificationFacts(State: "negative", Reason: "Complaint 12", Until: until);
        var told = NotificationKinds.MoodOverridden.Told(_engine.Time.GetUtcNow(), facts);
        return Inbox(person).Receive(new Delivery($"mood/{person}", number), told);
    }

    private async Task<string> NewestAsync(string person) => (await Inbox(person).List(1, 0)).Notifications[0].Text;

    private INotificationInboxGrain Inbox(string person) => _engine.Grains.GetGrain<INotificationInboxGrain>(person);

    private Notification Told(string text) => new("mood_reset", text, _engine.Time.GetUtcNow());
}
