using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Identity;

public static class IdentityRefusals
{
    public const string ModelNotFoundCode = "MODEL_NOT_FOUND";
    public const string InvalidProfileCode = "INVALID_PROFILE";
    public const string TermsNotAcceptedCode = "TERMS_NOT_ACCEPTED";

    public static readonly Refusal ModelNotFound = new(ModelNotFoundCode, "There is no model with this id.");

    public static readonly Refusal TermsNotAccepted = new(
        TermsNotAcceptedCode,
        "Accept the mood messaging terms before the first mood change."
    );

    public static Refusal InvalidProfile(string message) => new(InvalidProfileCode, message);
}
