using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.ContentPolicy;
using Actors.Grains.Sealing;

namespace Actors.Grains.Identity;

/// <param name="DisplayName">Sealed; null until the model is registered.</param>
public sealed record ModelAccount(
    string? DisplayName,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? MoodTermsAcceptedAt,
    ModelSettings Settings
)
{
    public static readonly ModelAccount Unknown = new(null, default, null, ModelSettings.Usual);
}

/// <summary>What is known of a model beside the name.</summary>
public sealed record ModelSettings(string Language, string TimeZone, bool Restricted, bool Flagged)
{
    public static readonly ModelSettings Usual = new("en", "UTC", false, false);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModelRegistered), "model.registered.v1")]
[JsonDerivedType(typeof(ModelRenamed), "model.renamed.v1")]
[JsonDerivedType(typeof(ModelSettingsChanged), "model.settings-changed.v1")]
[JsonDerivedType(typeof(MoodTermsAccepted), "model.mood-terms-accepted.v1")]
[JsonDerivedType(typeof(ModelProfileErased), "model.profile-erased.v1")]
public abstract record ModelProfileEvent(DateTimeOffset At, Actor Actor);

public sealed record ModelRegistered(DateTimeOffset At, Actor Actor, string DisplayName) : ModelProfileEvent(At, Actor);

public sealed record ModelRenamed(DateTimeOffset At, Actor Actor, string DisplayName) : ModelProfileEvent(At, Actor);

/// <summary>Carries them all as they are from then on, so that the audit reads without folding.</summary>
public sealed record ModelSettingsChanged(DateTimeOffset At, Actor Actor, ModelSettings Settings)
    : ModelProfileEvent(At, Actor);

public sealed record MoodTermsAccepted(DateTimeOffset At, Actor Actor) : ModelProfileEvent(At, Actor);

public sealed record ModelProfileErased(DateTimeOffset At, Actor Actor) : ModelProfileEvent(At, Actor);

/// <summary>Everything that is decided about a model's profile.</summary>
public static class ModelProfileRules
{
    /// <summary>Nothing when nothing changes.</summary>
    public static Outcome<ImmutableArray<ModelProfileEvent>> Decide(
        ModelAccount account,
        RegisterModel command,
        DateTimeOffset now
    )
    {
        var name = command.DisplayName is null ? account.DisplayName : ProfileText.DisplayName(command.DisplayName);
        if (name is null)
        {
            return IdentityRefusals.InvalidProfile(ProfileText.DisplayNameRule);
        }
        if (ProfileText.Refuse(command.Language, command.TimeZone) is { } refusal)
        {
            return refusal;
        }
        var settings = new ModelSettings(
            command.Language ?? account.Settings.Language,
            command.TimeZone ?? account.Settings.TimeZone,
            command.Restricted ?? account.Settings.Restricted,
            command.Flagged ?? account.Settings.Flagged
        );
        ModelProfileEvent? named =
            account.DisplayName is null ? new ModelRegistered(now, command.Actor, name)
            : account.DisplayName == name ? null
            : new ModelRenamed(now, command.Actor, name);
        var changed = settings == account.Settings ? null : new ModelSettingsChanged(now, command.Actor, settings);
        return ImmutableArray.CreateRange(new[] { named, changed }.OfType<ModelProfileEvent>());
    }

    /// <summary>Why a change may not be saved for what it says; null when it may.</summary>
    public static Refusal? RefuseContent(ImmutableArray<ModelProfileEvent> events, ProhibitedContent prohibited) =>
        events.Any(@event => prohibited.IsIn(NameIn(@event))) ? IdentityRefusals.ProhibitedDisplayName : null;

    /// <summary>Why nobody can give tokens to the model; null when everybody can.</summary>
    public static Refusal? RefuseEarning(Outcome<ModelProfile> model) =>
        model.Refusal ?? (model.Value!.Restricted ? IdentityRefusals.ModelRestricted : null);

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
            ModelSettingsChanged changed => account with { Settings = changed.Settings },
            MoodTermsAccepted accepted => account with { MoodTermsAcceptedAt = accepted.At },
            ModelProfileErased => ModelAccount.Unknown,
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>As it is written down.</summary>
    public static ModelProfileEvent Seal(ModelProfileEvent @event, SealingKey key) =>
        @event switch
        {
            ModelRegistered registered => registered with { DisplayName = key.SealWords(registered.DisplayName) },
            ModelRenamed renamed => renamed with { DisplayName = key.SealWords(renamed.DisplayName) },
            _ => @event,
        };

    private static string? NameIn(ModelProfileEvent @event) =>
        @event switch
        {
            ModelRegistered registered => registered.DisplayName,
            ModelRenamed renamed => renamed.DisplayName,
            _ => null,
        };
}
