using Actors.GrainInterfaces.Identity;
using Actors.Grains.Notifications;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Notifications;

[Trait("Spec", "BO-11")]
public sealed class InboxReaderTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;
    private string _language = "es";
    private bool _isReachable = true;

    [Fact]
    public async Task A_feed_asks_for_the_profile_once_in_half_a_minute()
    {
        var reader = ReaderOf("bo");
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(new Reader("es", "Europe/Madrid"), await reader.LatelyAsync());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_list_asks_each_time_and_tells_the_feed()
    {
        var reader = ReaderOf("bo");
        await reader.LatelyAsync();
        _language = "en";

        Assert.Equal("en", (await reader.NowAsync()).Language);
        Assert.Equal("en", (await reader.LatelyAsync()).Language);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Whose_profile_cannot_be_reached_reads_the_language_known_last()
    {
        var reader = ReaderOf("bo");
        _isReachable = false;
        Assert.Equal(Reader.Default, await reader.NowAsync());
        _isReachable = true;
        await reader.NowAsync();
        _isReachable = false;

        Assert.Equal("es", (await reader.NowAsync()).Language);
    }

    [Fact]
    public async Task Admins_and_services_have_no_profile_to_ask_for()
    {
        Assert.Equal(Reader.Default, await ReaderOf("admin:root").NowAsync());
        Assert.Equal(0, _asked);
    }

    private InboxReader ReaderOf(string person)
    {
        var persons = FakeGrain.Of<IPersonGrain>((_, _) => new ValueTask<PersonKind?>(PersonKind.User));
        var profiles = FakeGrain.Of<IUserProfileGrain>(
            (_, _) =>
            {
                _asked++;
                return _isReachable
                    ? new ValueTask<UserProfile>(Profile())
                    : throw new TimeoutException("Nobody is there.");
            }
        );
        var grains = FakeGrains.Of(type => type == typeof(IPersonGrain) ? persons : profiles);
        return new InboxReader(person, grains, _time, NullLogger.Instance);
    }

    private UserProfile Profile() =>
        new(
            "bo",
            "Bo",
            _language,
            "Europe/Madrid",
            LoyaltyTier.Free,
            Membership.Free,
            Prime: false,
            AgeVerified: true,
            TermsAccepted: true,
            Restricted: false,
            Flagged: false
        );
}
