using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Erasure;

public static class ErasureRefusals
{
    public const string TokensLeftCode = "TOKENS_LEFT";
    public const string ErasureNotFoundCode = "ERASURE_NOT_FOUND";
    public const string ErasureNotConfirmedCode = "ERASURE_NOT_CONFIRMED";

    public static readonly Refusal ErasureNotFound = new(ErasureNotFoundCode, "This user is not being erased.");

    public static readonly Refusal NotConfirmed = new(
        ErasureNotConfirmedCode,
        "Everything would be gone for good: say so with confirm: true."
    );

    public static Refusal TokensLeft(long available, long held) =>
        new(
            TokensLeftCode,
            "There are tokens left: cancel what waits in queues, and spend the tokens or have an admin take them out.",
            Figures: new Dictionary<string, long> { ["available"] = available, ["held"] = held }
        );
}
