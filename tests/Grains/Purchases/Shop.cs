using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Tests.Wallets;
using Actors.TestKit;

namespace Actors.Grains.Tests.Purchases;

/// <summary>A model with one menu, and people who buy from it.</summary>
internal sealed class Shop
{
    private readonly IGrainEngine _engine;

    private Shop(IGrainEngine engine, string modelId, string menuId)
    {
        _engine = engine;
        ModelId = modelId;
        MenuId = menuId;
    }

    public string ModelId { get; }

    public string MenuId { get; }

    public Actor Model => new(ActorRole.Model, ModelId);

    public static async Task<Shop> OpenAsync(IGrainEngine engine, string modelId, QueueMode mode = QueueMode.Off)
    {
        await engine.RegisterAsync(modelId);
        var shop = new Shop(engine, modelId, MenuIdentifier.From("shop", modelId));
        var create = new CreateMenu(
            shop.Model,
            GrainInterfaces.Identity.ModelId.Parse(modelId),
            new MenuDraft("Fun", QueueMode: mode),
            []
        );
        Assert.Null((await shop.Menu().Create(create)).Refusal);
        return shop;
    }

    public IMenuGrain Menu() => _engine.Grains.GetGrain<IMenuGrain>(MenuId);

    public async Task<string> SellsAsync(string name, MenuItemDraft draft)
    {
        var itemId = MenuIdentifier.From("item", ModelId, name);
        var added = await Menu().AddItem(new AddMenuItem(Model, itemId, draft with { Name = name }));
        Assert.Null(added.Refusal);
        return itemId;
    }

    public Task<string> SellsAsync(string name, long price, long points = 0, int? perDay = null) =>
        SellsAsync(name, new MenuItemDraft(TokenValue: price, BonusLoyaltyPoints: points, MaxDailyPurchases: perDay));

    public IPurchaserGrain Purchaser(string userId) => _engine.Grains.GetGrain<IPurchaserGrain>(userId);

    public Task<Outcome<PurchaseReceipt>> BuyAsync(string userId, string itemId, string key) =>
        Purchaser(userId).Purchase(new PurchaseItem(MenuId, itemId, IdempotencyKey.Parse(key)));

    public async Task<PurchaseView> FindAsync(string userId, PurchaseId id)
    {
        var found = await Purchaser(userId).Find(id);
        Assert.Null(found.Refusal);
        return found.Value!;
    }

    public Task<Outcome<RefundReceipt>> RefundAsync(string userId, PurchaseId id, string key, Actor? by = null) =>
        Purchaser(userId).Refund(new RequestRefund(id, by ?? Model, "Sorry", false, IdempotencyKey.Parse(key)));
}
