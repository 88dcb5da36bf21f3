namespace Actors.Crash.Tests;

/// <summary>An item that is for sale.</summary>
internal sealed record Offer(string Model, string MenuId, string ItemId, long Price, bool IsQueued)
{
    public string Order(string key) =>
        $$"""{"menu_id":"{{MenuId}}","menu_item_id":"{{ItemId}}","idempotency_key":"{{key}}"}""";
}
