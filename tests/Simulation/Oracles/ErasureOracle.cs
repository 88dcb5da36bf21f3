using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Conversations;
using Actors.Grains.Erasure;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>
/// Once begun, an erasure comes to its end: nothing of the user opens any more, she is not let in again, and nobody else has lost
/// anything by it.
/// </summary>
internal sealed class ErasureOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        [
            .. evidence
                .StreamsOf("erasure")
                .SelectMany(stream => CheckUser(stream["erasure/".Length..], stream, evidence)),
            .. evidence.StreamsOf("conversation").SelectMany(stream => CheckOther(stream, evidence)),
        ];

    private static IEnumerable<string> CheckUser(string user, string stream, Evidence evidence)
    {
        ErasureEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ErasureEvent>(recorded)),
        ];
        var operations = evidence.OperationsOn(stream);
        var isAcknowledged = operations.Any(static one => one is { Command: BeginErasure, Answer: Answer.Done });
        if (events.Length == 0 && isAcknowledged)
        {
            yield return $"the erasure of {user} was acknowledged and is lost";
        }
        var isErased = events.Length > 0;
        if (
            isErased
            && (
                events is not [ErasureBegun, .., ErasureClosed]
                || events.Count(static one => one is ErasureBegun or ErasureEnded or ErasureClosed) != 3
            )
        )
        {
            yield return $"{stream} has come to no end: [{string.Join(", ", events.Select(static one => one.GetType().Name))}]";
        }
        // The last one was asked when everything had settled.
        if (operations.LastOrDefault(static one => one.Command is LookAtLeaver)?.Value is LeaverSeen seen)
        {
            if (isErased && seen != new LeaverSeen(IdentityRefusals.PersonErasedCode, user, 0, ""))
            {
                yield return $"{user} was erased, and is seen as {seen}";
            }
            if (!isErased && seen.Refused is not null)
            {
                yield return $"{user} was not erased, and is seen as {seen}";
            }
        }
        foreach (var talk in evidence.StreamsOf("conversation").Where(talk => IdOf(talk).UserId == user))
        {
            var said = EventsOf(talk, evidence);
            if (isErased && said.Length > 0 && said[^1] is not ConversationErased)
            {
                yield return $"{user} was erased, and {talk} was not";
            }
        }
    }

    /// <summary>Of those who were not erased. What was said with a pet goes with the pet.</summary>
    private static IEnumerable<string> CheckOther(string stream, Evidence evidence)
    {
        var id = IdOf(stream);
        if (id.Kind == PeerKind.Pet || evidence.EventsOf(Leavers.StreamOf(id.UserId)).Count > 0)
        {
            yield break;
        }
        var said = EventsOf(stream, evidence);
        if (said.Any(static one => one is ConversationErased))
        {
            yield return $"{stream} was erased, and {id.UserId} was not";
        }
        var last = evidence.OperationsOn(stream).LastOrDefault(static one => one.Command is ListMessages);
        if (said.Length > 0 && last is { Answer: Answer.Refused, Refusal: { } refusal })
        {
            yield return $"{stream} is there and does not open: {refusal.Code}";
        }
    }

    private static ConversationId IdOf(string stream) => ConversationId.Parse(stream["conversation/".Length..]);

    private static ConversationEvent[] EventsOf(string stream, Evidence evidence) =>
        [.. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ConversationEvent>(recorded))];
}
