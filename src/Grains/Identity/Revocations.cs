using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Identity;

/// <param name="InForce">By kind, value and role; what is over goes when something else comes.</param>
public sealed record RevocationBook(ImmutableSortedDictionary<string, TokensRevoked> InForce)
{
    public static readonly RevocationBook Empty = new(
        ImmutableSortedDictionary.Create<string, TokensRevoked>(StringComparer.Ordinal)
    );
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TokensRevoked), "tokens.revoked.v1")]
public abstract record RevocationEvent(DateTimeOffset At, Actor Actor);

/// <param name="Role">Only tokens with this role; null, as in older events, for tokens of every role.</param>
public sealed record TokensRevoked(
    DateTimeOffset At,
    Actor Actor,
    RevokedKind Kind,
    string Value,
    string Reason,
    ActorRole? Role = null
) : RevocationEvent(At, Actor);

/// <summary>Everything that is decided about tokens that are refused although they are genuine.</summary>
public static class RevocationRules
{
    /// <summary>Revocations in force at a time: every host keeps all of them.</summary>
    public const int Most = 10_000;

    private const int LongestTokenId = 256;
    private const int LongestReason = 200;

    /// <summary>Null when the token is revoked already. A subject is revoked anew, for there may be newer tokens.</summary>
    public static Outcome<TokensRevoked?> Decide(RevocationBook book, RevokeTokens command, DateTimeOffset now)
    {
        if (!IsValid(command))
        {
            return IdentityRefusals.InvalidRevocation;
        }
        var isThere = book.InForce.TryGetValue(KeyOf(command.Kind, command.Value, command.Role), out var earlier);
        if (isThere && command.Kind == RevokedKind.Token && IsInForce(earlier!, now))
        {
            return (TokensRevoked?)null;
        }
        return !isThere && book.InForce.Values.Count(one => IsInForce(one, now)) >= Most
            ? IdentityRefusals.TooManyRevocations(Most)
            : new TokensRevoked(now, command.Actor, command.Kind, command.Value, command.Reason, command.Role);
    }

    public static RevocationBook Evolve(RevocationBook book, RevocationEvent @event) =>
        @event switch
        {
            TokensRevoked revoked => new RevocationBook(
                book.InForce.RemoveRange(
                        book.InForce.Where(one => !IsInForce(one.Value, revoked.At)).Select(one => one.Key)
                    )
                    .SetItem(KeyOf(revoked.Kind, revoked.Value, revoked.Role), revoked)
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static RevocationList View(RevocationBook book, long version) =>
        new(
            version,
            [
                .. book.InForce.Values.Select(one => new Revocation(
                    one.Kind,
                    one.Value,
                    one.At,
                    one.At + Revocation.Kept,
                    one.Reason,
                    one.Actor.Id,
                    one.Role
                )),
            ]
        );

    private static bool IsInForce(TokensRevoked revoked, DateTimeOffset now) => now < revoked.At + Revocation.Kept;

    private static bool IsValid(RevokeTokens command) =>
        command.Reason.Trim().Length is >= 1 and <= LongestReason
        && (
            command.Kind == RevokedKind.Subject
                ? Identifier.IsValid(command.Value) && command.Role != ActorRole.System
                : command.Value.Length is >= 1 and <= LongestTokenId && command.Role is null
        );

    /// <summary>No subject has a slash in it.</summary>
    private static string KeyOf(RevokedKind kind, string value, ActorRole? role) =>
        role is null ? $"{kind}/{value}" : $"{kind}/{value}/{role}";
}
