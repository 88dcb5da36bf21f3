using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Identity;

[GrainType("user")]
public sealed class UserProfileGrain(
    IGrainContext context,
    DurableServices services,
    PolicyInForce policy,
    IErasableKeys keys
) : EventSourcedGrain<UserAccount, UserProfileEvent>(context, services, Definition), IUserProfileGrain
{
    private static readonly Aggregate<UserAccount, UserProfileEvent> Definition = new()
    {
        Initial = UserAccount.New,
        Evolve = UserProfileRules.Evolve,
        EventJson = IdentityJson.Default.UserProfileEvent,
        StateJson = IdentityJson.Default.UserAccount,
        Schema = 2,
    };

    private static readonly Actor Platform = new(ActorRole.System, "erasure");

    private SealingKey? _key;

    public ValueTask<UserProfile> Get() =>
        Durable.SealedName is null || _key is not null ? new(View()) : OpenAndViewAsync();

    public ValueTask<bool> IsSet() => new(DurableVersion > 0);

    public async Task<Outcome<UserProfile>> Set(SetUserProfile command)
    {
        var prohibited = await policy.GetAsync();
        if (Durable.SealedName is not null)
        {
            await OpenKeyAsync();
        }
        if (Decide(command, prohibited).Refusal is { } invalid)
        {
            return invalid;
        }
        var person = await GrainFactory.GetGrain<IPersonGrain>(Key).Introduce(PersonKind.User);
        if (person.Refusal is not null)
        {
            return person.Refusal;
        }
        // Who never says a name leaves no key.
        if (command.DisplayName is not null && await OpenKeyAsync() is null)
        {
            return IdentityRefusals.PersonErased;
        }
        var outcome = await Apply<UserProfileEvent?, UserProfile>(
            Decide(command, prohibited).Map(SealName),
            () => View()
        );
        // Who sets that somebody may not spend finds it so from here on.
        await WhenSentAsync();
        return outcome;
    }

    public async Task Erase()
    {
        await keys.DestroyAsync(PersonKey.NameOf(Key));
        _key = null;
        await (Current == UserAccount.New ? WhenDurable() : Commit(new UserProfileErased(Now, Platform)));
    }

    protected override IReadOnlyList<Effect> EffectsOf(UserProfileEvent @event, long version) =>
        @event is UserProfileSet { Restricts: { } restricted }
            ? [Effect.To<IBalanceGrain>(Key, (balance, delivery) => balance.Restrict(delivery, restricted))]
            : [];

    private Outcome<UserProfileEvent?> Decide(SetUserProfile command, ProhibitedContent prohibited)
    {
        var account = Opened(Current);
        return prohibited.Screen(
            UserProfileRules.Decide(account, command, Now),
            (decided, by) => UserProfileRules.RefuseContent(account, decided, by)
        );
    }

    private const string NamePlace = "display name";

    private async ValueTask<SealingKey?> OpenKeyAsync() => _key ??= await keys.OpenOfAsync(Key);

    private async ValueTask<UserProfile> OpenAndViewAsync()
    {
        await OpenKeyAsync();
        return View();
    }

    /// <summary>With the name as it was typed; without one once the key is gone.</summary>
    private UserAccount Opened(UserAccount account) =>
        account.SealedName is { } name
            ? account with
            {
                DisplayName = _key?.Open(name, NamePlace),
                SealedName = null,
            }
            : account;

    private UserProfileEvent? SealName(UserProfileEvent? @event) =>
        @event is UserProfileSet { Profile: { DisplayName: { } name } profile } set && _key is not null
            ? set with
            {
                Profile = profile with { DisplayName = null, SealedName = _key.Seal(name, NamePlace) },
            }
            : @event;

    private UserProfile View()
    {
        var account = Opened(Durable);
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
