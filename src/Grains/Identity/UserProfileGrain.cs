using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("user")]
public sealed class UserProfileGrain(IGrainContext context, DurableServices services, PolicyInForce policy)
    : EventSourcedGrain<UserAccount, UserProfileEvent>(context, services, Definition),
        IUserProfileGrain
{
    private static readonly Aggregate<UserAccount, UserProfileEvent> Definition = new()
    {
        Initial = UserAccount.New,
        Evolve = UserProfileRules.Evolve,
        EventJson = IdentityJson.Default.UserProfileEvent,
        StateJson = IdentityJson.Default.UserAccount,
        Schema = 2,
    };

    public ValueTask<UserProfile> Get() => new(View());

    public ValueTask<bool> IsSet() => new(DurableVersion > 0);

    public async Task<Outcome<UserProfile>> Set(SetUserProfile command)
    {
        var prohibited = await policy.GetAsync();
        if (Decide(command, prohibited).Refusal is { } invalid)
        {
            return invalid;
        }
        var person = await GrainFactory.GetGrain<IPersonGrain>(Key).Introduce(PersonKind.User);
        if (person.Refusal is not null)
        {
            return person.Refusal;
        }
        var outcome = await Apply<UserProfileEvent?, UserProfile>(Decide(command, prohibited), () => View());
        // Who sets that somebody may not spend finds it so from here on.
        await WhenSentAsync();
        return outcome;
    }

    protected override IReadOnlyList<Effect> EffectsOf(UserProfileEvent @event, long version) =>
        @event is UserProfileSet { Restricts: { } restricted }
            ? [Effect.To<IBalanceGrain>(Key, (balance, delivery) => balance.Restrict(delivery, restricted))]
            : [];

    private Outcome<UserProfileEvent?> Decide(SetUserProfile command, ProhibitedContent prohibited)
    {
        var account = Current;
        return prohibited.Screen(
            UserProfileRules.Decide(account, command, Now),
            (decided, by) => UserProfileRules.RefuseContent(account, decided, by)
        );
    }

    private UserProfile View()
    {
        var account = Durable;
        return new UserProfile(
            Key,
            account.DisplayName ?? Key,
            account.Language,
            account.TimeZone,
            account.LoyaltyTier,
            account.Membership,
            account.Prime,
            account.AgeVerified,
            account.TermsAccepted,
            account.Restricted,
            account.Flagged
        );
    }
}
