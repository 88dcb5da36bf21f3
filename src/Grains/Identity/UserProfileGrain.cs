using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("user")]
public sealed class UserProfileGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<UserAccount, UserProfileEvent>(context, services, Definition),
        IUserProfileGrain
{
    private static readonly Aggregate<UserAccount, UserProfileEvent> Definition = new()
    {
        Initial = UserAccount.New,
        Evolve = UserProfileRules.Evolve,
        EventJson = IdentityJson.Default.UserProfileEvent,
        StateJson = IdentityJson.Default.UserAccount,
    };

    public ValueTask<UserProfile> Get() => new(View());

    public Task<Outcome<UserProfile>> Set(SetUserProfile command) =>
        Apply<UserProfileEvent?, UserProfile>(UserProfileRules.Decide(Current, command, Now), () => View());

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
            account.Restricted
        );
    }
}
