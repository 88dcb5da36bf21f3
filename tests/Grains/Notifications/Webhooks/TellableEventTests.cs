using System.Text.Json;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Devices;
using Actors.Grains.Durability;
using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Grains.Tests.Notifications.Webhooks;

/// <summary>What apps are told of is written down with the event, in journals that know nothing of it too.</summary>
[Trait("Spec", "NO-2")]
[Trait("Spec", "SE-3")]
public sealed class TellableEventTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Amounts After = new(Tokens.Of(5), Tokens.None, 0);
    private static readonly IdempotencyKey Key = IdempotencyKey.Parse("k");
    private static readonly PurchaseId Id = PurchaseId.Of(1, 2);
    private static readonly Actor Ana = new(ActorRole.Model, "ana");
    private static readonly BoughtItem Item = new("ana", "m", 1, "i", "Wave", Tokens.Of(10), 3, null);
    private static readonly QueuedEntry Entry = new(Id, "bo", "i", "Wave", Tokens.Of(10), 1, At, At.AddDays(7));

    public static TheoryData<object> Events =>
        [
            new ItemPurchased(At, After, Id, Item, Key),
            new ItemHeld(At, After, Id, Item, Key, 1, 1, 5),
            new TipSent(At, After, "ana", Tokens.Of(1), null, Key),
            new EntryStarted(At, Entry, Ana),
            new QueuePaused(At, Ana),
            new DeviceFailed(At, 1, Id, "bo", "Off"),
            new RefundGranted(
                At,
                Tokens.None,
                new SoldItem(Id, "m", "i", "Wave", At, Tokens.Of(10)),
                "bo",
                Tokens.Of(10),
                3,
                Ana,
                "Sorry",
                false,
                Key
            ),
        ];

    [Theory, MemberData(nameof(Events))]
    public void An_event_of_which_nobody_is_told_is_written_as_it_always_was(object @event)
    {
        var text = Write(@event);

        Assert.DoesNotContain("told", text, StringComparison.OrdinalIgnoreCase);
        Assert.Null(Read(@event, text).Told);
        Assert.Equal(@event, Read(@event, text));
    }

    [Theory, MemberData(nameof(Events))]
    public void An_event_of_which_apps_are_told_says_so_after_it_was_read_again(object @event)
    {
        var told = (TellableEvent)@event with { Told = true };

        var text = Write(told);

        Assert.Contains("\"told\":true", text, StringComparison.Ordinal);
        Assert.Equal(told, Read(told, text));
    }

    [Fact]
    public void A_purchase_and_a_tip_of_an_older_version_are_read_as_told_to_nobody()
    {
        var purchase = ReadBalance(
            """{"type":"purchase.completed.v1","id":"8a1e74c5-3be7-4f60-b6c2-ab53d9e6cf30","item":{"modelId":"ana","menuId":"m","menuVersion":1,"itemId":"i","name":"Wave","tokens":10,"points":3},"key":"k","at":"2026-03-01T12:00:00+00:00","after":{"available":5,"held":0,"loyaltyPoints":3}}""".Replace(
                "8a1e74c5-3be7-4f60-b6c2-ab53d9e6cf30",
                $"{Id}",
                StringComparison.Ordinal
            )
        );
        var tip = ReadBalance(
            """{"type":"balance.tip-sent.v1","modelId":"ana","tokens":1,"key":"k","at":"2026-03-01T12:00:00+00:00","after":{"available":5,"held":0,"loyaltyPoints":3}}"""
        );

        Assert.Equal((null, "Wave"), (purchase.Told, ((ItemPurchased)purchase).Item.Name));
        Assert.Equal((null, null), (tip.Told, ((TipSent)tip).Id));
        Assert.Single(BalanceEffects.Of("bo", purchase, 2));
        Assert.Single(BalanceEffects.Of("bo", tip, 3));
    }

    private static BalanceEvent ReadBalance(string text) =>
        JsonSerializer.Deserialize(text, WalletJson.Default.BalanceEvent)!;

    private static string Write(object @event) =>
        System.Text.Encoding.UTF8.GetString(
            @event switch
            {
                BalanceEvent e => new EventWriter<BalanceEvent>(WalletJson.Default.BalanceEvent).Write(e),
                WalletEvent e => new EventWriter<WalletEvent>(WalletJson.Default.WalletEvent).Write(e),
                QueueEvent e => new EventWriter<QueueEvent>(QueueJson.Default.QueueEvent).Write(e),
                DeviceEvent e => new EventWriter<DeviceEvent>(DeviceJson.Default.DeviceEvent).Write(e),
                _ => throw new ArgumentOutOfRangeException(nameof(@event)),
            }
        );

    private static TellableEvent Read(object @event, string text) =>
        @event switch
        {
            BalanceEvent => ReadBalance(text),
            WalletEvent => JsonSerializer.Deserialize(text, WalletJson.Default.WalletEvent)!,
            QueueEvent => JsonSerializer.Deserialize(text, QueueJson.Default.QueueEvent)!,
            DeviceEvent => JsonSerializer.Deserialize(text, DeviceJson.Default.DeviceEvent)!,
            _ => throw new ArgumentOutOfRangeException(nameof(@event)),
        };
}
