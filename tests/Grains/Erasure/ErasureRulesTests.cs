using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Erasure;

namespace Actors.Grains.Tests.Erasure;

[Trait("Spec", "AC-2")]
public sealed class ErasureRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Bo = new(ActorRole.User, "bo", "192.0.2.7", "Phone");

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Who_has_tokens_or_has_some_held_is_not_erased(long available, long held)
    {
        var refusal = Decide(PersonErasure.None, PersonKind.User, available, held).Refusal;

        Assert.Equal(ErasureRefusals.TokensLeftCode, refusal?.Code);
        Assert.Equal((available, held), (refusal!.Figures!["available"], refusal.Figures["held"]));
    }

    [Fact]
    public void Only_those_whom_there_are_can_be_erased_and_as_what_they_are()
    {
        Assert.Equal(
            IdentityRefusals.UserNotFoundCode,
            Decide(PersonErasure.None, PersonKind.Model, 0, 0).Refusal?.Code
        );
        Assert.Equal(IdentityRefusals.UserNotFoundCode, Decide(PersonErasure.None, null, 0, 0).Refusal?.Code);
        Assert.Equal(
            IdentityRefusals.ModelNotFoundCode,
            ErasureRules.Decide(PersonErasure.None, Bo, PersonKind.Model, PersonKind.User, default, Now).Refusal?.Code
        );
        var begun = ErasureRules.Evolve(
            PersonErasure.None,
            new ErasureBegun(Now, ActorRole.Model, null, PersonKind.Model)
        );
        Assert.Equal(
            IdentityRefusals.UserNotFoundCode,
            ErasureRules.Decide(begun, Bo, PersonKind.User, null, default, Now).Refusal?.Code
        );
        Assert.Null(ErasureRules.Decide(begun, Bo, PersonKind.Model, null, default, Now).Refusal);
    }

    [Fact]
    public void What_is_written_down_of_the_request_is_who_and_not_from_where()
    {
        var begun = Decide(PersonErasure.None, PersonKind.User, 0, 0).Value!;

        Assert.Equal(new ErasureBegun(Now, ActorRole.User, null), begun);
    }

    [Fact]
    public void It_begins_once_whatever_comes_in_later()
    {
        var erasure = ErasureRules.Evolve(PersonErasure.None, new ErasureBegun(Now, ActorRole.User, null));

        var again = Decide(erasure, null, 7, 0);

        Assert.Equal((null, null), (again.Refusal, again.Value));
    }

    [Fact]
    public void It_goes_on_until_everything_is_erased_and_looks_once_more()
    {
        var erasure = ErasureRules.Evolve(PersonErasure.None, new ErasureBegun(Now, ActorRole.User, null));
        Assert.Equal(Now, erasure.Due);
        erasure = ErasureRules.Evolve(erasure, new ErasurePutOff(Now));
        Assert.Equal(Now + ErasureRules.RetryAfter, erasure.Due);
        erasure = ErasureRules.Evolve(erasure, new ConversationsErased(Now, 50, 3));
        Assert.Equal((Now, 50L, 3L), (erasure.Due, erasure.UpTo, erasure.Conversations));
        erasure = ErasureRules.Evolve(erasure, new ErasureEnded(Now));
        Assert.Equal((Now, Now + ErasureRules.LookAgainAfter), (erasure.EndedAt, erasure.Due));
        erasure = ErasureRules.Evolve(erasure, new ErasureClosed(Now));
        Assert.Null(erasure.Due);
    }

    private static Outcome<ErasureBegun?> Decide(
        PersonErasure erasure,
        PersonKind? person,
        long available,
        long held
    ) => ErasureRules.Decide(erasure, Bo, PersonKind.User, person, new TokensLeft(available, held), Now);
}
