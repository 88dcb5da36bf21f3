using Actors.ApiHost.Live;
using Actors.ApiHost.Live.Streams;
using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Contract.Tests.Live;

/// <summary>Balance and wallet in the feed, with the real grains behind them.</summary>
[Trait("Spec", "CH-3")]
public sealed class MoneyFeedTests : IAsyncLifetime
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private ApiServer _server = null!;

    private IBalanceGrain Bo => _server.Service<IGrainFactory>().GetGrain<IBalanceGrain>("bo");

    public async ValueTask InitializeAsync() =>
        _server = await ApiServer.Start(
            [],
            static builder =>
            {
                builder.Services.RemoveAll<ILiveStream>();
                builder.Services.AddSingleton<ILiveStream, BalanceStream>();
                builder.Services.AddSingleton<ILiveStream, WalletStream>();
            }
        );

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_user_sees_every_movement_of_the_balance_once_also_after_having_been_away()
    {
        var token = _server.Token("user", "bo");
        string id;
        using (var before = await EventReader.OpenAsync(_server, token))
        {
            await CreditAsync(100, "first");
            var credit = (await before.NextAsync())!;
            Assert.Equal(
                ("balance", "credit", "100", "100"),
                (credit.Type, credit["kind"], credit["tokens"], credit["available"])
            );
            id = credit.Id;
        }
        await CreditAsync(20, "second");
        await _server.Model("mia");
        await Bo.Tip(new SendTip(ModelId.Parse("mia"), Tokens.Of(30), "thanks", IdempotencyKey.Parse("tip")));

        using var after = await EventReader.OpenAsync(_server, token, id);
        Assert.Equal("120", (await after.NextAsync())!["available"]);
        var tip = (await after.NextAsync())!;
        Assert.Equal(("tip", "30", "90"), (tip["kind"], tip["tokens"], tip["available"]));
    }

    [Fact]
    public async Task A_model_sees_what_the_wallet_gets_and_nothing_of_the_givers_balance()
    {
        await _server.Model("mia");
        await CreditAsync(50, "top up");
        using var events = await EventReader.OpenAsync(_server, _server.Token("model", "mia"));
        await Bo.Tip(new SendTip(ModelId.Parse("mia"), Tokens.Of(30), "thanks", IdempotencyKey.Parse("tip")));

        var earned = (await events.NextAsync())!;
        Assert.Equal(
            ("wallet", "tip", "30", "30"),
            (earned.Type, earned["kind"], earned["tokens"], earned["available"])
        );
        Assert.False(earned.Data.TryGetProperty("held", out _));
    }

    private async Task<Outcome<CreditReceipt>> CreditAsync(long tokens, string key)
    {
        await _server.User("bo");
        return await Bo.Credit(new CreditBalance(Root, Tokens.Of(tokens), "a top-up", IdempotencyKey.Parse(key)));
    }
}
