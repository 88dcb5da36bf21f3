using Actors.GrainInterfaces.Durability;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Performers;

/// <summary>All performers, an index fed by them. There is one: they are few, and admins make them.</summary>
[Alias("IPerformerDirectoryGrain")]
public interface IPerformerDirectoryGrain : IGrainWithStringKey
{
    const string Only = "all";

    Task Put(Delivery delivery, PerformerListing listing);

    /// <summary>By id. Those of one status, or all.</summary>
    [ReadOnly]
    ValueTask<PerformerListings> List(PerformerListFilter filter, int limit, int offset);

    /// <summary>Whom a short name stands for; null when nobody. See <see cref="PerformerListing.ShortNameOf"/>.</summary>
    [ReadOnly]
    ValueTask<string?> Find(string shortName);
}

/// <param name="Status">As it was set; null once nothing is left of her.</param>
[GenerateSerializer, Immutable, Alias("PerformerListing")]
public sealed record PerformerListing([property: Id(0)] string PerformerId, [property: Id(1)] PerformerStatus? Status)
{
    private const int ShortNameBytes = 8;

    /// <summary>For places with little room, such as the buttons of chats: 16 characters that follow from the id.</summary>
    public static string ShortNameOf(string performerId)
    {
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(performerId));
        return Convert.ToHexStringLower(digest.AsSpan(0, ShortNameBytes));
    }
}

/// <param name="Status">Only those; null for all but the inactive ones unless <paramref name="Inactive"/>.</param>
[GenerateSerializer, Immutable, Alias("PerformerListFilter")]
public sealed record PerformerListFilter(
    [property: Id(0)] PerformerStatus? Status = null,
    [property: Id(1)] bool Inactive = false
);

[GenerateSerializer, Immutable, Alias("PerformerListings")]
public sealed record PerformerListings(
    [property: Id(0)] IReadOnlyList<PerformerListing> Performers,
    [property: Id(1)] int Total
);
