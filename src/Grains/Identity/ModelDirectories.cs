using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Identity;

/// <summary>Display names of registered models by id, sealed.</summary>
public sealed record ModelIndex(ImmutableDictionary<string, string> Names)
{
    public static readonly ModelIndex Empty = new(ImmutableDictionary<string, string>.Empty);

    public static ModelIndex Evolve(ModelIndex index, ModelDirectoryEvent @event) =>
        @event switch
        {
            ModelListed listed => new ModelIndex(index.Names.SetItem(listed.ModelId, listed.DisplayName)),
            ModelUnlisted gone => new ModelIndex(index.Names.Remove(gone.ModelId)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public IEnumerable<ModelListing> Page(string? after, int limit) =>
        Names
            .Where(model => string.CompareOrdinal(model.Key, after) > 0)
            .OrderBy(static model => model.Key, StringComparer.Ordinal)
            .Take(limit)
            .Select(static model => new ModelListing(model.Key, model.Value));
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModelListed), "model-directory.listed.v1")]
[JsonDerivedType(typeof(ModelUnlisted), "model-directory.unlisted.v1")]
public abstract record ModelDirectoryEvent;

public sealed record ModelListed(string ModelId, string DisplayName) : ModelDirectoryEvent;

public sealed record ModelUnlisted(string ModelId) : ModelDirectoryEvent;
