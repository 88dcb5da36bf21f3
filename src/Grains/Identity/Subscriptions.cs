using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.Grains.Identity;

/// <summary>The ends of one user's subscriptions by model, ended ones included for as long as there is room.</summary>
public sealed record SubscriptionBook(ImmutableDictionary<string, DateTimeOffset> Ends)
{
    public static readonly SubscriptionBook Empty = new(ImmutableDictionary<string, DateTimeOffset>.Empty);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SubscriptionSet), "subscriptions.set.v1")]
public abstract record SubscriptionEvent(DateTimeOffset At, Actor Actor);

public sealed record SubscriptionSet(DateTimeOffset At, Actor Actor, string ModelId, DateTimeOffset Until)
    : SubscriptionEvent(At, Actor);

/// <summary>Everything that is decided about a user's subscriptions.</summary>
public static class SubscriptionRules
{
    /// <summary>Subscriptions that a user has at a time, ended ones not counted.</summary>
    public const int Most = 1_000;

    /// <summary>Null when nothing changes.</summary>
    public static Outcome<SubscriptionEvent?> Decide(SubscriptionBook book, SetSubscription command, DateTimeOffset now)
    {
        var model = command.ModelId.Value;
        var isKnown = book.Ends.TryGetValue(model, out var until);
        return isKnown && until == command.Until ? (SubscriptionEvent?)null
            : command.Until > now && book.Ends.Count(entry => entry.Key != model && entry.Value > now) >= Most
                ? IdentityRefusals.TooManySubscriptions(Most)
            : new SubscriptionSet(now, command.Actor, model, command.Until);
    }

    public static SubscriptionBook Evolve(SubscriptionBook book, SubscriptionEvent @event) =>
        @event switch
        {
            SubscriptionSet set => new SubscriptionBook(Bounded(book.Ends.SetItem(set.ModelId, set.Until), set.At)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public static bool IsActive(SubscriptionBook book, string modelId, DateTimeOffset now) =>
        book.Ends.TryGetValue(modelId, out var until) && until > now;

    private static ImmutableDictionary<string, DateTimeOffset> Bounded(
        ImmutableDictionary<string, DateTimeOffset> ends,
        DateTimeOffset at
    ) =>
        ends.Count <= Most ? ends : ends.RemoveRange(ends.Where(entry => entry.Value <= at).Select(entry => entry.Key));
}
