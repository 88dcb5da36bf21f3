using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Wallets;

/// <summary>What tests about tokens say again and again.</summary>
internal static class Money
{
    public static readonly Actor Root = new(ActorRole.Admin, "root", "198.51.100.1", "console");

    public static Tokens Of(long count) => Tokens.Of(count);

    public static IdempotencyKey Key(string text) => IdempotencyKey.Parse(text);

    public static IBalanceGrain Balance(this IGrainEngine engine, string userId) =>
        engine.Grains.GetGrain<IBalanceGrain>(userId);

    public static IWalletGrain Wallet(this IGrainEngine engine, string modelId) =>
        engine.Grains.GetGrain<IWalletGrain>(modelId);

    public static async Task<IBalanceGrain> WithTokensAsync(this IGrainEngine engine, string userId, long tokens)
    {
        await engine.IntroduceAsync(userId);
        var balance = engine.Balance(userId);
        var credited = await balance.Credit(new CreditBalance(Root, Of(tokens), "Top-up", Key("first-" + userId)));
        Assert.Null(credited.Refusal);
        return balance;
    }

    public static async Task IntroduceAsync(this IGrainEngine engine, string userId)
    {
        var person = engine.Grains.GetGrain<IPersonGrain>(userId);
        Assert.Null((await person.Introduce(PersonKind.User)).Refusal);
    }

    public static async Task RegisterAsync(this IGrainEngine engine, string modelId)
    {
        var profile = engine.Grains.GetGrain<IModelProfileGrain>(modelId);
        Assert.Null((await profile.Register(new RegisterModel(Root, modelId))).Refusal);
    }

    public static SendTip Tip(string modelId, long tokens, string key, string? message = null) =>
        new(ModelId.Parse(modelId), Of(tokens), message, Key(key));

    public static async Task<LedgerProof> ProveAsync(this IGrainEngine engine)
    {
        var proof = await engine.Grains.GetGrain<ILedgerProofGrain>(ILedgerProofGrain.Only).Prove(1_000);
        Assert.Null(proof.Refusal);
        return proof.Value!;
    }

    public static Task<WalletView> EventuallyHoldsAsync(this IGrainEngine engine, string modelId, long tokens) =>
        engine.EventuallyAsync(async () => await engine.Wallet(modelId).Get(), view => view.Tokens == Of(tokens));

    public static string? CodeOf<T>(Outcome<T> outcome) => outcome.Refusal?.Code;
}
