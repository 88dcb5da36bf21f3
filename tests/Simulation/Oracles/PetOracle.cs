using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Pets;
using Actors.Grains.Conversations;
using Actors.Grains.Pets;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// Pets are made once for each key and show what became of them; each burst is answered once; experience is what messages have
/// brought; and with a pet goes what was said with it.
/// </summary>
internal sealed class PetOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("pets").SelectMany(stream => CheckPets(stream, evidence));

    private static List<string> CheckPets(string stream, Evidence evidence)
    {
        var violations = new List<string>();
        PetsEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<PetsEvent>(recorded)),
        ];
        var operations = evidence.OperationsOn(stream);
        var states = new List<PetBook> { PetBook.Empty };
        foreach (var @event in events)
        {
            states.Add(PetRules.Evolve(states[^1], @event));
        }
        PetMade[] made = [.. events.OfType<PetMade>()];
        violations.AddRange(
            made.GroupBy(static one => one.Key)
                .Where(static one => one.Count() > 1)
                .Select(one => $"{stream} has {one.Count()} times the {one.Key}")
        );
        foreach (var pet in made)
        {
            CheckPet(stream["pets/".Length..], pet.PetId, events, states[^1], evidence, violations);
        }
        var oracle = new StreamOracle<PetBook>(
            stream,
            states,
            (operation, count) => Shows(operation, states[count]),
            operation => EventOf(operation, events)
        );
        violations.AddRange(oracle.Check(operations));
        return violations;
    }

    private static void CheckPet(
        string user,
        string pet,
        PetsEvent[] events,
        PetBook end,
        Evidence evidence,
        List<string> violations
    )
    {
        var stream = ConversationWorkload.StreamOf(PetWorkload.ConversationWith(pet, user));
        ConversationEvent[] said =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ConversationEvent>(recorded)),
        ];
        var brought = said.OfType<MessageSent>().Sum(static sent => sent.Metadata?.XpGained ?? 0);
        var gained = events.OfType<PetXpGained>().Where(one => one.PetId == pet).Sum(static one => one.Xp);
        var isGone = end.Find(pet) is null;
        // What comes when the pet is gone brings none.
        if (isGone ? gained > brought : gained != brought)
        {
            violations.Add($"pet {pet} of {user} has gained {gained} of the {brought} that messages brought it");
        }
        var erased = said.Count(static one => one is ConversationErased);
        if (erased != (isGone ? 1 : 0))
        {
            violations.Add($"what was said with pet {pet}, {(isGone ? "gone" : "there")}, was erased {erased} times");
        }
        CheckAnswers(pet, said, isGone, violations);
    }

    /// <summary>
    /// An answer answers something that nothing has answered before. What the owner says is answered, by the pet itself or in its
    /// name, unless the pet goes.
    /// </summary>
    private static void CheckAnswers(string pet, ConversationEvent[] said, bool isGone, List<string> violations)
    {
        var (asked, answered) = (0L, 0L);
        foreach (var @event in said)
        {
            switch (@event)
            {
                case MessageSent { Auto: { } auto } reply:
                    if (auto.Kind != AutomatedKind.PetReply || reply.Sender != MessageSender.Pet)
                    {
                        violations.Add($"pet {pet} has sent a {auto.Kind} as {reply.Sender}");
                    }
                    else if (reply.ReplyTo is not { } to || to > asked || to <= answered)
                    {
                        violations.Add(
                            $"pet {pet} has answered {reply.ReplyTo} of {asked} when {answered} was answered already"
                        );
                    }
                    else
                    {
                        answered = to;
                    }
                    break;
                case MessageSent { Sender: MessageSender.User } sent:
                    asked = sent.Number;
                    break;
                case MessageSent { Sender: MessageSender.Pet }:
                    answered = asked;
                    break;
                case ReplyDropped when !isGone:
                    violations.Add($"pet {pet} is there and has dropped an answer");
                    break;
            }
        }
        if (answered < asked && !isGone)
        {
            violations.Add($"pet {pet} has not answered {asked}");
        }
    }

    private static bool Shows(Operation operation, PetBook book) =>
        operation.Value switch
        {
            PetView view => Fits(view, book),
            PetsSeen seen => seen.Pets.Count == book.Pets.Count && seen.Pets.All(view => Fits(view, book)),
            _ => true,
        };

    private static bool Fits(PetView view, PetBook book) =>
        book.Find(view.Id) is { } pet && (view.Mood, view.Xp, view.CreatedAt) == (pet.Mood, pet.Xp, pet.CreatedAt);

    private static int? EventOf(Operation operation, PetsEvent[] events) =>
        operation switch
        {
            { Answer: Answer.Done, Command: CreatePet command } => Array.FindIndex(
                events,
                one => one is PetMade made && made.Key == command.Key
            ) + 1,
            { Answer: Answer.Done, Command: DeletePet command } => Array.FindIndex(
                events,
                one => one is PetsGone gone && gone.PetIds.Contains(command.PetId)
            ) + 1,
            _ => null,
        };
}
