using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Identity;

/// <param name="Open">Null before it begins and after it was ended.</param>
public sealed record SessionState(Session? Open)
{
    public static readonly SessionState None = new((Session?)null);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionOpened), "session.opened.v1")]
[JsonDerivedType(typeof(SessionEnded), "session.ended.v1")]
public abstract record SessionEvent(DateTimeOffset At);

public sealed record SessionOpened(
    DateTimeOffset At,
    Actor Actor,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? TokenIssuedAt = null,
    string? TokenId = null
) : SessionEvent(At);

public sealed record SessionEnded(DateTimeOffset At) : SessionEvent(At);

/// <summary>Everything that is decided about a session of the pages.</summary>
public static class SessionRules
{
    public static SessionEvent Decide(OpenSession command, DateTimeOffset now)
    {
        var latest = now + Session.Longest;
        var end = command.TokenExpiresAt < latest ? command.TokenExpiresAt : latest;
        return new SessionOpened(now, command.Actor, end, command.TokenIssuedAt, command.TokenId);
    }

    /// <summary>Null when there is nothing to end.</summary>
    public static SessionEvent? DecideEnd(SessionState state, DateTimeOffset now) =>
        state.Open is null ? null : new SessionEnded(now);

    public static SessionState Evolve(SessionState state, SessionEvent @event) =>
        @event switch
        {
            SessionOpened opened => new SessionState(
                new Session(opened.Actor.Role, opened.Actor.Id, opened.ExpiresAt, opened.TokenIssuedAt, opened.TokenId)
            ),
            SessionEnded => SessionState.None,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static Session? At(SessionState state, DateTimeOffset now) =>
        state.Open is { } open && now < open.ExpiresAt ? open : null;
}
