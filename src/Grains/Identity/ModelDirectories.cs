using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;

namespace Actors.Grains.Identity;

/// <summary>Display names of registered models by id.</summary>
public sealed record ModelIndex(ImmutableDictionary<string, string> Names)
{
    public static readonly ModelIndex Empty = new(ImmutableDictionary<string, string>.Empty);

    public static ModelIndex Evolve(ModelIndex index, ModelDirectoryEvent @event) =>
        @event switch
        {
            ModelListed listed => new ModelIndex(index.Names.SetItem(listed.ModelId, listed.DisplayName)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public ModelListings Page(string? after, int limit) =>
        new([
            .. Names
                .Where(model => string.CompareOrdinal(model.Key, after) > 0)
                .OrderBy(static model => model.Key, StringComparer.Ordinal)
                .Take(limit)
                .Select(static model => new ModelListing(model.Key, model.Value)),
        ]);
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModelListed), "model-directory.listed.v1")]
public abstract record ModelDirectoryEvent;

public sealed record ModelListed(string ModelId, string DisplayName) : ModelDirectoryEvent;
