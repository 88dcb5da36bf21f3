using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Erasure;

public static class ErasureRefusals
{
    public const string TokensLeftCode = "TOKENS_LEFT";
    public const string ErasureNotFoundCode = "ERASURE_NOT_FOUND";
    public const string ErasureNotConfirmedCode = "ERASURE_NOT_CONFIRMED";

    public static readonly Refusal ErasureNotFound = new(ErasureNotFoundCode, "Nobody is being erased by this id.");

    public static readonly Refusal NotConfirmed = new(
        ErasureNotConfirmedCode,
        "Everything would be gone for good: say so with confirm: true."
    );

    public static Refusal TokensLeft(PersonKind kind, long available, long held) =>
        new(
            TokensLeftCode,
            kind == PersonKind.User
                ? "There are tokens left: cancel what waits in queues, and spend the tokens or have an admin take them out."
                : "There are tokens left: deliver or turn down what waits in the queue, and have an admin pay the tokens out.",
            Figures: new Dictionary<string, long> { ["available"] = available, ["held"] = held }
        );
}
