namespace Actors.GrainInterfaces.Durability;

/// <summary>
/// Stamps a message that leaves through an outbox. It arrives at least once and, from one source, in the order of its
/// number; the receiver drops every number that it has seen from that source.
/// </summary>
[GenerateSerializer, Immutable, Alias("Delivery")]
public sealed record Delivery([property: Id(0)] string Source, [property: Id(1)] long Number);

/// <summary>A message that leaves through an outbox together with others.</summary>
[GenerateSerializer, Immutable, Alias("Delivered`1")]
public sealed record Delivered<TMessage>([property: Id(0)] Delivery Delivery, [property: Id(1)] TMessage Message);

/// <summary>
/// A grain could not be woken because the storage did not answer: whatever was asked of it has not begun.
/// </summary>
/// <remarks>Has no inner exception: what the storage threw is logged where it happened and may not cross to a caller.</remarks>
[GenerateSerializer, Alias("StorageAwayException")]
public sealed class StorageAwayException : Exception
{
    public StorageAwayException()
        : base("The storage did not answer; nothing was begun.") { }
}

/// <summary>
/// The storage has no room: what was asked is not done, and nothing that was acknowledged is lost. It is taken again once there
/// is room.
/// </summary>
[GenerateSerializer, Alias("StorageFullException")]
public sealed class StorageFullException : Exception
{
    public StorageFullException()
        : base("The storage has no room; nothing was written.") { }
}

/// <summary>
/// What the storage holds of a grain cannot be read any more. Asking again does not help; others are not affected.
/// </summary>
/// <remarks>Has no inner exception: the place is logged where it was met and may not cross to a caller.</remarks>
[GenerateSerializer, Alias("StorageDamagedException")]
public sealed class StorageDamagedException : Exception
{
    public StorageDamagedException()
        : base("What is stored is damaged.") { }
}

/// <summary>
/// The storage did not say whether a command is durable. The command may or may not have happened: repeat it with the
/// same idempotency key, or read.
/// </summary>
/// <remarks>Has no inner exception: what the storage threw is logged where it happened and may not cross to a caller.</remarks>
[GenerateSerializer, Alias("OutcomeUnknownException")]
public sealed class OutcomeUnknownException : Exception
{
    public OutcomeUnknownException()
        : base("The outcome is unknown; retry with the same key.") { }

    public OutcomeUnknownException(string message)
        : base(message) { }
}
