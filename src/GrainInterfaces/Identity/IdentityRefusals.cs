using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Identity;

public static class IdentityRefusals
{
    public const string ModelNotFoundCode = "MODEL_NOT_FOUND";
    public const string UserNotFoundCode = "USER_NOT_FOUND";
    public const string WrongRoleCode = "WRONG_ROLE";
    public const string RestrictedCode = "RESTRICTED";
    public const string InvalidProfileCode = "INVALID_PROFILE";
    public const string TermsNotAcceptedCode = "TERMS_NOT_ACCEPTED";
    public const string InvalidSubscriptionCode = "INVALID_SUBSCRIPTION";
    public const string TooManySubscriptionsCode = "TOO_MANY_SUBSCRIPTIONS";
    public const string InvalidRevocationCode = "INVALID_REVOCATION";
    public const string TooManyRevocationsCode = "TOO_MANY_REVOCATIONS";

    public const string PersonErasedCode = "PERSON_ERASED";

    public static readonly Refusal PersonErased = new(
        PersonErasedCode,
        "Who had this id was erased; nobody gets it again."
    );

    public static readonly Refusal ModelNotFound = new(ModelNotFoundCode, "There is no model with this id.");

    public static readonly Refusal UserNotFound = new(UserNotFoundCode, "Nobody is known as a user by this id.");

    public static readonly Refusal WrongRole = new(
        WrongRoleCode,
        "This id is known as somebody of another role: an id is a user's or a model's, never both."
    );

    public static readonly Refusal Restricted = new(
        RestrictedCode,
        "This account is restricted and cannot spend tokens."
    );

    public static readonly Refusal ModelRestricted = new(
        RestrictedCode,
        "This model is restricted and takes no tokens at present."
    );

    public static readonly Refusal TermsNotAccepted = new(
        TermsNotAcceptedCode,
        "Accept the mood messaging terms before the first mood change."
    );

    public static readonly Refusal InvalidSubscription = new(
        InvalidSubscriptionCode,
        "A subscription has a userId, a modelId, and until as a time with its zone."
    );

    public static readonly Refusal InvalidRevocation = new(
        InvalidRevocationCode,
        "A revocation has either a subject, with or without a role, or a jti, and a reason of 1 to 200 characters."
    );

    public static readonly Refusal ProhibitedDisplayName = InvalidProfile(
        "displayName has content that is not allowed."
    );

    public static Refusal TooManyRevocations(int most) =>
        new(TooManyRevocationsCode, $"At most {most} revocations are in force at a time.");

    public static Refusal TooManySubscriptions(int most) =>
        new(TooManySubscriptionsCode, $"A user is subscribed to at most {most} models at a time.");

    public static Refusal InvalidProfile(string message) => new(InvalidProfileCode, message);
}
