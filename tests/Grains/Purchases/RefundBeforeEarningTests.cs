using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-9")]
public sealed class RefundBeforeEarningTests : IAsyncLifetime
{
    private readonly SlowWallet _slow = new();
    private SimulatedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await SimulatedGrainEngine.StartAsync(
            new SimulatedGrainEngineOptions
            {
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_slow),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_refund_waits_until_the_wallet_has_the_tokens_that_it_is_to_give_back()
    {
        var shop = await Shop.OpenAsync(_engine, "slow");
        var wave = await shop.SellsAsync("Wave", 10);
        await _engine.WithTokensAsync("quick", 10);
        var id = (await shop.BuyAsync("quick", wave, "k")).Value!.PurchaseId;

        var refund = shop.RefundAsync("quick", id, "r");
        await _slow.Asked;
        _slow.LetGo();

        Assert.Equal(Of(10), (await refund).Value?.Tokens);
    }

    /// <summary>Takes its time over what it earns, until it is let go.</summary>
    private sealed class SlowWallet : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void LetGo() => _letGo.TrySetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IWalletGrain && context.MethodName == nameof(IWalletGrain.Receive))
            {
                _asked.TrySetResult();
                await _letGo.Task;
            }
            await context.Invoke();
        }
    }
}
