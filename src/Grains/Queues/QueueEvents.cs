using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Queues;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EntryQueued), "queue.entry-queued.v1")]
[JsonDerivedType(typeof(EntryStarted), "queue.entry-started.v1")]
[JsonDerivedType(typeof(EntryEnded), "queue.entry-ended.v1")]
[JsonDerivedType(typeof(QueuePaused), "queue.paused.v1")]
[JsonDerivedType(typeof(QueueResumed), "queue.resumed.v1")]
public abstract record QueueEvent(DateTimeOffset At) : TellableEvent;

/// <summary>A purchase came in; its tokens are held.</summary>
public sealed record EntryQueued(DateTimeOffset At, QueuedEntry Entry) : QueueEvent(At);

public sealed record EntryStarted(DateTimeOffset At, QueuedEntry Entry, Actor Actor) : QueueEvent(At);

/// <summary>The one end of an entry, which decides what becomes of its tokens.</summary>
/// <param name="DeliverPercent">1 to 100 when it was delivered, else 0.</param>
/// <param name="Key">What the actor called the command; null when time ran out.</param>
public sealed record EntryEnded(
    DateTimeOffset At,
    QueuedEntry Entry,
    SettlementKind Kind,
    int DeliverPercent,
    string? Reason,
    Actor Actor,
    IdempotencyKey? Key
) : QueueEvent(At);

public sealed record QueuePaused(DateTimeOffset At, Actor Actor) : QueueEvent(At);

public sealed record QueueResumed(DateTimeOffset At, Actor Actor) : QueueEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(QueueEvent))]
[JsonSerializable(typeof(PerformanceQueue))]
internal sealed partial class QueueJson : JsonSerializerContext;
