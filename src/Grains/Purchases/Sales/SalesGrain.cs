using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Durability;

namespace Actors.Grains.Purchases.Sales;

/// <summary>Adds up one model's sales. It catches up with the wallet whenever it is asked.</summary>
[GrainType("sales")]
public sealed class SalesGrain(IGrainContext context, DurableServices services)
    : EventSourcedGrain<SalesBook, SalesEvent>(context, services, Definition),
        ISalesGrain
{
    private const int Page = 1_000;

    private static readonly Aggregate<SalesBook, SalesEvent> Definition = new()
    {
        Initial = SalesBook.Empty,
        Evolve = SalesRules.Evolve,
        EventJson = SalesJson.Default.SalesEvent,
        StateJson = SalesJson.Default.SalesBook,
    };

    public async Task<Outcome<SalesReport>> Report(DateOnly? from, DateOnly? to)
    {
        var range = SalesRules.Range(from, to, DateOnly.FromDateTime(Now.UtcDateTime));
        if (range.Refusal is not null)
        {
            return range.Refusal;
        }
        while (await CatchUpAsync()) { }
        return SalesRules.Report(Durable, range.Value.From, range.Value.To);
    }

    public async Task<PriceAdviceList> Advise()
    {
        var reader = new MenuReader(ActorRole.Model, Key);
        var menus = await GrainFactory.MenusOfAsync(ModelId.Parse(Key), reader);
        while (await CatchUpAsync()) { }
        var prices = Durable.Prices;
        return new PriceAdviceList([
            .. from menu in menus.Value ?? []
            from item in menu.Items
            select PriceRules.Advise(
                menu.MenuId,
                item.ItemId,
                item.Name,
                item.TokenValue.Count,
                item.UpdatedAt,
                prices.GetValueOrDefault(item.ItemId, []),
                Now
            ),
        ]);
    }

    /// <summary>True while there may be more.</summary>
    private async Task<bool> CatchUpAsync()
    {
        var counted = Current.UpTo;
        var page = await GrainFactory.GetGrain<IWalletGrain>(Key).Sales(counted, Page);
        // Another report may have counted the same page meanwhile.
        if (page.UpTo > counted && Current.UpTo == counted)
        {
            await Commit(SalesRules.Decide(page));
        }
        else
        {
            await WhenDurable();
        }
        return page.More;
    }
}
