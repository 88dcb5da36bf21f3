using Actors.ApiHost.Auth;
using Actors.ApiHost.Limits;
using Actors.GrainInterfaces.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Actors.ApiHost.Tests.Limits;

[Trait("Spec", "SE-1")]
public sealed class RequestLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_persons_ways_in_share_one_allowance_and_an_admin_of_the_same_id_has_another()
    {
        var limiter = new RequestLimiter(new LimitOptions { RequestsPerMinute = 60, Burst = 2 }, _time);
        var (token, session, admin) = (
            limiter.CallerOf(Ana(ActorRole.User)),
            limiter.CallerOf(Ana(ActorRole.User)),
            limiter.CallerOf(Ana(ActorRole.Admin))
        );

        Assert.Null(limiter.Admit(token));
        Assert.Null(limiter.Admit(session));

        Assert.NotNull(limiter.Admit(session));
        Assert.Null(limiter.Admit(admin));
    }

    [Fact]
    public void A_persons_ways_in_share_what_may_be_written()
    {
        var limiter = new RequestLimiter(new LimitOptions { BytesPerHour = 100_000 }, _time);
        var (token, session) = (limiter.CallerOf(Ana(ActorRole.User)), limiter.CallerOf(Ana(ActorRole.User)));

        Assert.Null(limiter.AdmitWriting(token, 90_000));

        Assert.NotNull(limiter.AdmitWriting(session, 20_000));
        Assert.Null(limiter.AdmitWriting(limiter.CallerOf(Ana(ActorRole.Admin)), 20_000));
    }

    private TokenSubject Ana(ActorRole role) => new("ana", role, _time.GetUtcNow().AddHours(1));
}
