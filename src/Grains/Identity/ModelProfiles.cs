using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Identity;

/// <param name="DisplayName">Null until the model is registered.</param>
public sealed record ModelAccount(string? DisplayName, DateTimeOffset RegisteredAt, DateTimeOffset? MoodTermsAcceptedAt)
{
    public static readonly ModelAccount Unknown = new(null, default, null);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModelRegistered), "model.registered.v1")]
[JsonDerivedType(typeof(ModelRenamed), "model.renamed.v1")]
[JsonDerivedType(typeof(MoodTermsAccepted), "model.mood-terms-accepted.v1")]
public abstract record ModelProfileEvent(DateTimeOffset At, Actor Actor);

public sealed record ModelRegistered(DateTimeOffset At, Actor Actor, string DisplayName) : ModelProfileEvent(At, Actor);

public sealed record ModelRenamed(DateTimeOffset At, Actor Actor, string DisplayName) : ModelProfileEvent(At, Actor);

public sealed record MoodTermsAccepted(DateTimeOffset At, Actor Actor) : ModelProfileEvent(At, Actor);

/// <summary>Everything that is decided about a model's profile.</summary>
public static class ModelProfileRules
{
    /// <summary>Null when nothing changes.</summary>
    public static Outcome<ModelProfileEvent?> Decide(ModelAccount account, RegisterModel command, DateTimeOffset now)
    {
        if (ProfileText.DisplayName(command.DisplayName) is not { } name)
        {
            return IdentityRefusals.InvalidProfile(ProfileText.DisplayNameRule);
        }
        return account.DisplayName is null ? new ModelRegistered(now, command.Actor, name)
            : account.DisplayName == name ? (ModelProfileEvent?)null
            : new ModelRenamed(now, command.Actor, name);
    }

    /// <summary>Null when the terms were accepted before.</summary>
    public static Outcome<ModelProfileEvent?> DecideTerms(ModelAccount account, Actor actor, DateTimeOffset now) =>
        account.DisplayName is null ? IdentityRefusals.ModelNotFound
        : account.MoodTermsAcceptedAt is not null ? (ModelProfileEvent?)null
        : new MoodTermsAccepted(now, actor);

    public static ModelAccount Evolve(ModelAccount account, ModelProfileEvent @event) =>
        @event switch
        {
            ModelRegistered registered => account with
            {
                DisplayName = registered.DisplayName,
                RegisteredAt = registered.At,
            },
            ModelRenamed renamed => account with { DisplayName = renamed.DisplayName },
            MoodTermsAccepted accepted => account with { MoodTermsAcceptedAt = accepted.At },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}
