using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Durability;

namespace Actors.Grains.Identity;

[GrainType("person")]
public sealed class PersonGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<Person, PersonEvent>(context, services, Definition),
        IPersonGrain
{
    private static readonly Aggregate<Person, PersonEvent> Definition = new()
    {
        Initial = Person.Unknown,
        Evolve = Person.Evolve,
        EventJson = IdentityJson.Default.PersonEvent,
        StateJson = IdentityJson.Default.Person,
    };

    public ValueTask<PersonKind?> Find() =>
        Durable.IsErased ? new((PersonKind?)null)
        : Durable.Kind is { } kind ? new(kind)
        : FindByProfileAsync();

    public ValueTask<bool> IsErased() => new(Durable.IsErased);

    public ValueTask<Outcome<Done>> Introduce(PersonKind kind) =>
        Current.IsErased ? new(IdentityRefusals.PersonErased)
        : Durable.Kind is { } known ? new(Answer(known, kind))
        : IntroduceAsync(kind);

    public Task Erase() => Current.IsErased ? WhenDurable() : Commit(new PersonErased(Now));

    private async ValueTask<Outcome<Done>> IntroduceAsync(PersonKind kind)
    {
        var found = await FindByProfileAsync() ?? kind;
        // Whoever came while the profiles were asked was first.
        if (Current.IsErased)
        {
            return IdentityRefusals.PersonErased;
        }
        await (Current.Kind is null ? Commit(new PersonIntroduced(Now, found)) : WhenDurable());
        return Answer(Durable.Kind!.Value, kind);
    }

    /// <summary>Profiles that are older than the rule of one person an id.</summary>
    private async ValueTask<PersonKind?> FindByProfileAsync()
    {
        // Both at once: each of them may have to be woken first.
        var askingModel = GrainFactory.GetGrain<IModelProfileGrain>(Key).Get().AsTask();
        var askingUser = GrainFactory.GetGrain<IUserProfileGrain>(Key).IsSet().AsTask();
        await Task.WhenAll(askingModel, askingUser);
        return (await askingModel).Refusal is null ? PersonKind.Model
            : await askingUser ? PersonKind.User
            : null;
    }

    private static Outcome<Done> Answer(PersonKind known, PersonKind kind) =>
        known == kind ? Done.It : IdentityRefusals.WrongRole;
}
