using Actors.Grains.Hosting;
using Actors.Grains.Sealing;
using Actors.TestKit;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Cluster.Tests;

/// <summary>Keys in a cluster's table, as silos open them.</summary>
public sealed class ErasableKeysTests(Azurite azurite) : ErasableKeysContract
{
    private static int _count;

    private readonly string _service =
        $"keys{Interlocked.Increment(ref _count)}-{Environment.ProcessId}-{Environment.TickCount64}";

    [Fact]
    public async Task Two_silos_that_open_a_new_name_at_once_get_one_key()
    {
        var silos = Enumerable.Range(0, 3).Select(_ => Open()).ToList();
        for (var round = 0; round < 20; round++)
        {
            var results = await Task.WhenAll(silos.Select(silo => Task.Run(() => SealAsync(silo, $"race-{round}"))));
            Assert.Single(results.Distinct());
        }
    }

    [Fact]
    public async Task Other_silos_see_within_a_minute_that_a_key_was_destroyed()
    {
        var time = new FakeTimeProvider();
        var (here, there) = (Open(time), Open());
        Assert.NotNull(await here.OpenAsync("ana"));
        await there.DestroyAsync("ana");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await here.OpenAsync("ana"));
    }

    [Fact]
    public async Task With_a_key_for_the_journal_what_is_stored_is_wrapped_and_what_was_there_before_stays_readable()
    {
        var before = await SealAsync(Open(), "before");
        var withKey = Settings() with { JournalKey = new byte[32] };
        var after = await SealAsync(Open(settings: withKey), "after");

        Assert.Equal(before, await SealAsync(Open(settings: withKey), "before"));
        Assert.Equal(after, await SealAsync(Open(settings: withKey), "after"));
        await Assert.ThrowsAsync<Journal.JournalKeyException>(async () => await Open().OpenAsync("after"));
    }

    [Fact]
    public async Task Nothing_of_a_destroyed_key_stays_in_the_table()
    {
        await Open().OpenAsync("ana");
        var id = KeyId.Of("ana");
        await Open().DestroyAsync("ana");

        var table = Settings().Account.Tables().GetTableClient(TableKeyStore.TableName);
        var row = await table.GetEntityAsync<TableEntity>($"{_service}-{id.Hex[..2]}", id.Hex);

        Assert.Equal(KeyRecord.Tombstone, row.Value.GetBinary("Record"));
    }

    protected override ValueTask<IErasableKeys> OpenAsync() => new(Open());

    private ClusterSettings Settings() => new() { AzureStorage = azurite.ConnectionString, ServiceId = _service };

    private IErasableKeys Open(TimeProvider? time = null, ClusterSettings? settings = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddErasableKeys(settings ?? Settings());
        return services.BuildServiceProvider().GetRequiredService<IErasableKeys>();
    }
}
