using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Grains.Tests.Wallets.Money;

namespace Actors.Grains.Tests.Ledger;

[Trait("Spec", "WA-2")]
public sealed class OpenedMeanwhileTests : IAsyncLifetime
{
    private readonly BeforeMark _beforeMark = new();
    private EmbeddedGrainEngine _engine = null!;

    public async ValueTask InitializeAsync() =>
        _engine = await EmbeddedGrainEngine.StartAsync(
            new EmbeddedGrainEngineOptions
            {
                Configure = services => services.AddSingleton<IIncomingGrainCallFilter>(_beforeMark),
            }
        );

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_wallet_that_gets_its_first_tokens_between_the_list_and_the_marks_is_counted()
    {
        await _engine.RegisterAsync("late");
        var payer = await _engine.WithTokensAsync("payer", 100);
        _beforeMark.Happens = async () =>
        {
            var paid = (await payer.Tip(Tip("late", 7, "tip"))).Value!;
            await _engine.Wallet("late").EventuallyHoldsAsync(7);
            // Acknowledged: the mark is after it.
            var version = long.Parse(paid.Transfer.Split('@')[1], System.Globalization.CultureInfo.InvariantCulture);
            await Eventually.GetAsync(payer.Mark, mark => mark > version);
        };

        var proof = await _engine.ProveAsync();

        Assert.True(proof.Conserved, proof.ToString());
        Assert.Equal((Of(93), Of(7), 0), (proof.Available, proof.Wallets, proof.InTransit));
    }

    /// <summary>Lets something happen when the first account is asked for its mark: by then the accounts have been listed.</summary>
    private sealed class BeforeMark : IIncomingGrainCallFilter
    {
        public Func<Task>? Happens { get; set; }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(ILedgerAccountGrain.Mark) && Happens is { } happens)
            {
                Happens = null;
                await happens();
            }
            await context.Invoke();
        }
    }
}
