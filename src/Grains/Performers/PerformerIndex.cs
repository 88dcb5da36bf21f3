using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Performers;

namespace Actors.Grains.Performers;

/// <summary>Status of performers by id, and their ids by short name.</summary>
public sealed record PerformerIndex
{
    public static readonly PerformerIndex Empty = new(ImmutableSortedDictionary<string, PerformerStatus>.Empty);

    private readonly ImmutableDictionary<string, string> _byShortName;

    [JsonConstructor]
    public PerformerIndex(ImmutableSortedDictionary<string, PerformerStatus> performers)
        : this(
            performers.WithComparers(StringComparer.Ordinal),
            performers.Keys.ToImmutableDictionary(PerformerListing.ShortNameOf)
        ) { }

    private PerformerIndex(
        ImmutableSortedDictionary<string, PerformerStatus> performers,
        ImmutableDictionary<string, string> byShortName
    ) => (Performers, _byShortName) = (performers, byShortName);

    public ImmutableSortedDictionary<string, PerformerStatus> Performers { get; }

    public static PerformerIndex Evolve(PerformerIndex index, PerformerDirectoryEvent @event) =>
        @event switch
        {
            PerformerListed { Listing: { Status: { } status } listing } => new PerformerIndex(
                index.Performers.SetItem(listing.PerformerId, status),
                index._byShortName.SetItem(PerformerListing.ShortNameOf(listing.PerformerId), listing.PerformerId)
            ),
            PerformerListed { Listing: var gone } => new PerformerIndex(
                index.Performers.Remove(gone.PerformerId),
                index._byShortName.Remove(PerformerListing.ShortNameOf(gone.PerformerId))
            ),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public PerformerListings Page(PerformerListFilter filter, int limit, int offset)
    {
        var fitting = Performers
            .Where(performer =>
                filter.Status is { } status
                    ? performer.Value == status
                    : filter.Inactive || performer.Value != PerformerStatus.Inactive
            )
            .Select(static performer => new PerformerListing(performer.Key, performer.Value))
            .ToArray();
        return new PerformerListings([.. fitting.Skip(offset).Take(limit)], fitting.Length);
    }

    public string? Find(string shortName) => _byShortName.GetValueOrDefault(shortName);
}
