namespace Actors.Bench.Cluster;

/// <summary>Something that sells over two silos and a storage account.</summary>
internal interface IShop : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Users with tokens and models with something to sell.</summary>
    Task OpenAsync(int users, int models);

    /// <summary>One item; completes when the purchase is durable.</summary>
    Task BuyAsync(int user, int model);
}
