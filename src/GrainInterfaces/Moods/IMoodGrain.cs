using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Moods;

/// <summary>One model's mood; the key is the model's id.</summary>
[Alias("IMoodGrain")]
public interface IMoodGrain : IGrainWithStringKey
{
    /// <summary>Late answers are worthless here: callers go on with a neutral mood instead.</summary>
    [ReadOnly]
    [ResponseTimeout("00:00:02")]
    ValueTask<Outcome<MoodView>> Get();

    Task<Outcome<MoodView>> Update(UpdateMood command);

    Task<Outcome<MoodView>> Override(OverrideMood command);

    /// <summary>Changes, newest first.</summary>
    [ReadOnly]
    Task<Outcome<MoodHistoryPage>> History(int limit, int offset);

    /// <summary>Its model was erased: nothing of it is shown any more. Erasing again changes nothing.</summary>
    Task Erase();
}

[GenerateSerializer, Immutable, Alias("MoodView")]
public sealed record MoodView(
    [property: Id(0)] string ModelId,
    [property: Id(1)] MoodState MoodState,
    [property: Id(2)] string? CustomMessage,
    [property: Id(3)] bool AutoRespond,
    [property: Id(4)] int ResponseDelay,
    [property: Id(5)] DateTimeOffset? ExpiresAt,
    [property: Id(6)] DateTimeOffset LastUpdated,
    [property: Id(7)] ActorRole UpdatedBy,
    [property: Id(8)] string? AdminReason
);

/// <param name="ResponseDelay">Seconds, 0–300.</param>
[GenerateSerializer, Immutable, Alias("UpdateMood")]
public sealed record UpdateMood(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] MoodState MoodState,
    [property: Id(2)] string? CustomMessage = null,
    [property: Id(3)] bool AutoRespond = false,
    [property: Id(4)] int ResponseDelay = 0,
    [property: Id(5)] DateTimeOffset? ExpiresAt = null
);

[GenerateSerializer, Immutable, Alias("OverrideMood")]
public sealed record OverrideMood(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] MoodState MoodState,
    [property: Id(2)] string Reason,
    [property: Id(3)] string? CustomMessage = null,
    [property: Id(4)] bool AutoRespond = false,
    [property: Id(5)] DateTimeOffset? ExpiresAt = null
);

[GenerateSerializer, Immutable, Alias("MoodHistoryPage")]
public sealed record MoodHistoryPage(
    [property: Id(0)] IReadOnlyList<MoodTransition> History,
    [property: Id(1)] long Total
);

/// <summary>One entry of the audit. <see cref="Actor"/> and <see cref="Reason"/> are for admins only.</summary>
[GenerateSerializer, Immutable, Alias("MoodTransition")]
public sealed record MoodTransition(
    [property: Id(0)] long Version,
    [property: Id(1)] MoodState PreviousState,
    [property: Id(2)] MoodState MoodState,
    [property: Id(3)] string? CustomMessage,
    [property: Id(4)] DateTimeOffset ChangedAt,
    [property: Id(5)] Actor Actor,
    [property: Id(6)] string? Reason
);
