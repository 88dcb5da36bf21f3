using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Auth;

public static class AuthRefusals
{
    public const string UnauthorizedCode = "UNAUTHORIZED";
    public const string TokenInvalidCode = "TOKEN_INVALID";
    public const string TokenExpiredCode = "TOKEN_EXPIRED";
    public const string TokenRevokedCode = "TOKEN_REVOKED";

    public static readonly Refusal Unauthorized = new(
        UnauthorizedCode,
        "Sign in: send a bearer token in the header Authorization."
    );

    public static readonly Refusal TokenInvalid = new(TokenInvalidCode, "The token is not valid here.");

    public static readonly Refusal TokenNotYetValid = new(TokenInvalidCode, "The token is not valid yet.");

    public static readonly Refusal TokenTooLong = new(
        TokenInvalidCode,
        "The token is good for longer than is accepted here; get a shorter one."
    );

    public static readonly Refusal TokenExpired = new(TokenExpiredCode, "The token has expired; get a new one.");

    public static readonly Refusal TokenRevoked = new(TokenRevokedCode, "The token was revoked; get a new one.");

    public static readonly Refusal OutOfScope = new(
        CommonRefusals.ForbiddenCode,
        "The scope of your token does not allow this."
    );

    public static readonly Refusal Forbidden = new(CommonRefusals.ForbiddenCode, "Your role does not allow this.");

    public static readonly Refusal ForeignForm = new(
        CommonRefusals.ForbiddenCode,
        "Use the form on this site; it was sent from elsewhere."
    );
}
