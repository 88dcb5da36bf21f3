using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Durability;
using Actors.Grains.Sealing;

namespace Actors.Grains.Pets;

[GrainType("pets")]
public sealed class PetsGrain(IGrainContext context, DurableServices services, IErasableKeys keys, PolicyInForce policy)
    : EventSourcedGrain<PetBook, PetsEvent>(context, services, Definition),
        IPetsGrain
{
    private static readonly Aggregate<PetBook, PetsEvent> Definition = new()
    {
        Initial = PetBook.Empty,
        Evolve = PetRules.Evolve,
        EventJson = PetJson.Default.PetsEvent,
        StateJson = PetJson.Default.PetBook,
    };

    public async Task<Outcome<PetView>> Create(CreatePet command)
    {
        var prohibited = await policy.GetAsync();
        if (PetRules.Refuse(command, prohibited) is { } refusal)
        {
            // Who is refused leaves no key behind.
            return refusal;
        }
        for (var number = Current.Made + 1; ; number++)
        {
            // Destroyed is the key of a number that was used before a backup was brought back.
            if (await KeyAsync(PetRules.IdOf(Key, number)) is { } key && number > Current.Made)
            {
                return await CreateAsync(command, number, key, prohibited);
            }
        }
    }

    public async Task<IReadOnlyList<PetView>> List()
    {
        var views = new List<PetView>();
        foreach (var pet in Durable.Pets)
        {
            if (await ViewAsync(pet) is { } view)
            {
                views.Add(view);
            }
        }
        return views;
    }

    public async Task<PetView?> Find(string petId) => Durable.Find(petId) is { } pet ? await ViewAsync(pet) : null;

    public async Task<Outcome<PetView>> Change(ChangePet command)
    {
        if (Current.Find(command.PetId) is null || await KeyAsync(command.PetId) is not { } key)
        {
            return PetRefusals.PetNotFound;
        }
        var prohibited = await policy.GetAsync();
        return await Apply<PetChanged?, PetView>(
            PetRules.Decide(Current, command, key, prohibited, Now),
            () => Answer(Durable.Find(command.PetId), key)
        );
    }

    public Task<Outcome<Done>> Delete(string petId) =>
        Apply<PetsGone, Done>(PetRules.DecideDeletion(Current, petId, Now), static () => Done.It);

    public Task Receive(Delivery delivery, PetXpGain gain) =>
        CommitOnce(delivery, () => PetRules.Decide(Current, gain, Now));

    public Task Erase() => PetRules.DecideErasure(Current, Now) is { } gone ? Commit(gone) : WhenDurable();

    protected override IReadOnlyList<Effect> EffectsOf(PetsEvent @event, long version) =>
        @event is PetsGone gone
            ?
            [
                .. gone.PetIds.Select(petId =>
                    Effect.To<IConversationGrain>(
                        PetText.ConversationWith(petId, Key).ToString(),
                        static (conversation, _) => conversation.Erase()
                    )
                ),
            ]
            : [];

    private async Task<Outcome<PetView>> CreateAsync(
        CreatePet command,
        long number,
        SealingKey key,
        ProhibitedContent prohibited
    )
    {
        if (PetRules.FingerprintOf(command.Key) is { } fingerprint && Current.FindKey(fingerprint) is { } earlier)
        {
            return await RepeatAsync(command, earlier);
        }
        return await Apply<PetMade, PetView>(
            PetRules.Decide(Current, Key, number, command, key, prohibited, Now),
            (made, _) => Answer(Durable.Find(made.PetId), key)
        );
    }

    private async Task<Outcome<PetView>> RepeatAsync(CreatePet command, KeyedPet earlier)
    {
        await WhenDurable();
        var made = (PetMade)await ReadAsync(earlier.MadeIn);
        if (await KeyAsync(made.PetId) is not { } key)
        {
            return PetRefusals.PetNotFound;
        }
        return PetRules.IsRepeated(made, command, key)
            ? Answer(Durable.Find(made.PetId), key)
            : LedgerRefusals.IdempotencyKeyReused;
    }

    /// <summary>It may have gone while its owner waited.</summary>
    private Outcome<PetView> Answer(Pet? pet, SealingKey key) =>
        pet is not null && View(pet, key) is { } view ? view : PetRefusals.PetNotFound;

    /// <summary>Null when its name was erased.</summary>
    private async ValueTask<PetView?> ViewAsync(Pet pet) => await KeyAsync(pet.Id) is { } key ? View(pet, key) : null;

    private PetView? View(Pet pet, SealingKey key) =>
        key.OpenName(pet.Name) is { } name ? new PetView(pet.Id, Key, name, pet.Mood, pet.Xp, pet.CreatedAt) : null;

    /// <summary>Not kept: whoever erases a conversation does not know of this activation.</summary>
    private ValueTask<SealingKey?> KeyAsync(string petId) => keys.OpenAsync(PetText.KeyNameOf(petId, Key));
}
