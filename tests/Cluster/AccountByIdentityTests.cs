using Actors.Grains.Hosting;
using Actors.Grains.Tests.Durability;
using Azure;

namespace Actors.Cluster.Tests;

/// <summary>A storage account that is named by its address and opened by an identity, over TLS: no key is known to anybody.</summary>
[Trait("Spec", "SE-3")]
public sealed class AccountByIdentityTests : IAsyncLifetime
{
    private AzuriteWithIdentities _azurite = null!;

    public async ValueTask InitializeAsync() => _azurite = await AzuriteWithIdentities.StartAsync();

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    [Theory]
    [InlineData(ClusterStorage.Blob)]
    [InlineData(ClusterStorage.Table)]
    public async Task Silos_find_each_other_and_keep_everything_in_an_account_that_their_identity_opens(
        ClusterStorage storage
    )
    {
        var account = _azurite.OpenedBy(new TokenIssuer(TokenIssuer.StorageAudience));
        await using var engine = await ClusterGrainEngine.StartAsync(
            account,
            $"identity-{storage}".ToLowerInvariant(),
            storage
        );
        Assert.Equal(5, await engine.Grains.GetGrain<ICounterGrain>("kept").Add(5));

        await engine.CrashAsync();

        Assert.Equal(7, await engine.Grains.GetGrain<ICounterGrain>("kept").Add(2));
    }

    [Fact]
    public async Task A_token_for_another_service_opens_nothing()
    {
        var account = _azurite.OpenedBy(new TokenIssuer("https://vault.azure.net"));

        var blobs = await Assert.ThrowsAsync<RequestFailedException>(() =>
            account.Blobs().GetBlobContainerClient("any").CreateAsync()
        );
        var tables = await Assert.ThrowsAsync<RequestFailedException>(() => account.Tables().CreateTableAsync("any"));

        Assert.Contains(blobs.Status, (int[])[401, 403]);
        Assert.Contains(tables.Status, (int[])[401, 403]);
    }
}
