using System.Text.Json;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.Grains.Bookings;
using Actors.Grains.Conversations;
using Actors.Grains.Devices;
using Actors.Grains.Queues;
using Actors.Grains.Wallets;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>What an app must be told of one event, in the words of the guide.</summary>
internal sealed record ExpectedNews(
    string Stream,
    long Version,
    string Type,
    DateTimeOffset At,
    params (string Member, object? Value)[] Members
)
{
    public string Id => $"{Stream.Replace('/', '-').Replace('.', ':')}-{Version}";

    /// <summary>The first member that is another one; null when the body is right.</summary>
    public string? Differs(string body)
    {
        var json = JsonDocument.Parse(body).RootElement;
        foreach (var (member, value) in Members.Append((Member: "eventType", Value: Type)))
        {
            var told = json.TryGetProperty(member, out var found) ? $"{found}" : "";
            if (told != $"{value}")
            {
                return $"{member} is not {value}";
            }
        }
        return json.GetProperty("timestamp").GetDateTimeOffset() == At ? null : $"timestamp is not {At:O}";
    }

    public static IEnumerable<ExpectedNews> Of(Books books) =>
        books
            .Balances.SelectMany(book => book.Entries.Select(entry => Of(book.Stream, book.Owner, entry)))
            .Concat(books.Wallets.SelectMany(book => book.Entries.Select(entry => Of(book.Stream, book.Owner, entry))))
            .Concat(books.Queues.SelectMany(book => book.Entries.Select(entry => Of(book.Stream, book.Owner, entry))))
            .Concat(books.Devices.SelectMany(book => book.Entries.Select(entry => Of(book.Stream, book.Owner, entry))))
            .OfType<ExpectedNews>();

    public static IEnumerable<ExpectedNews> OfConversations(Evidence evidence) =>
        from stream in evidence.StreamsOf("conversation")
        let id = ConversationId.Parse(stream["conversation/".Length..])
        from recorded in evidence.EventsOf(stream)
        let news = Of(stream, id, recorded.Version, EventJson.Read<ConversationEvent>(recorded))
        where news is not null
        select news;

    public static IEnumerable<ExpectedNews> OfBookings(Evidence evidence) =>
        from stream in evidence.StreamsOf("booking")
        from recorded in evidence.EventsOf(stream)
        let news = Of(stream, recorded.Version, EventJson.Read<BookingEvent>(recorded))
        where news is not null
        select news;

    private static ExpectedNews? Of(string stream, long version, BookingEvent @event)
    {
        var type = @event switch
        {
            BookingHeld => "booking_held",
            BookingConfirmed => "booking_confirmed",
            BookingMoved => "booking_moved",
            BookingCancelled => "booking_cancelled",
            BookingExpired => "booking_expired",
            CallBegan => "booking_started",
            CallEnded => "booking_ended",
            VerdictCorrected => "booking_corrected",
            CallRated => "booking_rated",
            _ => null,
        };
        return type is null
            ? null
            : new ExpectedNews(
                stream,
                version,
                type,
                @event.At,
                ("bookingId", stream["booking/".Length..]),
                ("userId", @event.Facts!.Terms.UserId),
                ("performerId", @event.Facts.Terms.PerformerId),
                ("duration", @event.Facts.Terms.Wish.Duration)
            );
    }

    private static ExpectedNews? Of(string stream, ConversationId id, long version, ConversationEvent @event) =>
        @event switch
        {
            MessageSent e => new(
                stream,
                version,
                "message_sent",
                e.At,
                ("messageId", $"{id}.{e.Number}"),
                ("userId", id.UserId),
                Peer(id),
                ("sender", $"{e.Sender}".ToLowerInvariant()),
                ("replyTo", e.ReplyTo is { } number ? $"{id}.{number}" : null),
                ("content", null),
                ("text", null)
            ),
            MessagesRead e => new(
                stream,
                version,
                "message_read",
                e.At,
                ("userId", id.UserId),
                Peer(id),
                ("by", e.By == Side.User ? "user" : $"{id.Kind}".ToLowerInvariant()),
                ("upTo", $"{id}.{e.UpTo}")
            ),
            _ => null,
        };

    private static (string, object?) Peer(ConversationId id) =>
        (id.Kind == PeerKind.Pet ? "petId" : "modelId", id.PeerId);

    private static ExpectedNews? Of(string stream, string user, (long Version, BalanceEvent Event) entry)
    {
        var (version, @event) = entry;
        return @event switch
        {
            ItemPurchased e => new(
                stream,
                version,
                "purchase_made",
                e.At,
                [.. Bought(e.Id, user, e.Item), ("mode", "immediate")]
            ),
            ItemHeld e => new(
                stream,
                version,
                "purchase_made",
                e.At,
                [.. Bought(e.Id, user, e.Item), ("mode", "queued")]
            ),
            HoldSettled { Kind: SettlementKind.Delivered } e => new(
                stream,
                version,
                "purchase_completed",
                e.At,
                [.. Bought(e.Id, user, e.Item), ("captured", e.Captured), ("refunded", e.Released)]
            ),
            HoldSettled e => new(
                stream,
                version,
                "purchase_refunded",
                e.At,
                [.. Bought(e.Id, user, e.Item), ("reason", e.Reason)]
            ),
            TipSent e => new(
                stream,
                version,
                "tip_sent",
                e.At,
                ("userId", user),
                ("modelId", e.ModelId),
                ("tokens", e.Tokens),
                ("message", e.Message)
            ),
            _ => null,
        };
    }

    private static ExpectedNews? Of(string stream, string model, (long Version, WalletEvent Event) entry) =>
        entry.Event is IReturn e
            ? new(
                stream,
                entry.Version,
                e is RefundGranted ? "purchase_refunded" : "tip_refunded",
                e.At,
                (e is RefundGranted ? "purchaseId" : "tipId", e.Of),
                ("userId", e.UserId),
                ("modelId", model),
                ("tokens", e.Tokens),
                (
                    "cause",
                    e.FromPlatform ? "platform"
                    : e.Actor.Role == ActorRole.Model ? "model"
                    : "admin"
                ),
                ("reason", e.Reason)
            )
            : null;

    private static ExpectedNews? Of(string stream, string model, (long Version, QueueEvent Event) entry)
    {
        var (version, @event) = entry;
        return @event switch
        {
            EntryStarted e => new(stream, version, "queue_entry_started", e.At, Queued(e.Entry, model)),
            EntryEnded e => new(
                stream,
                version,
                "queue_entry_ended",
                e.At,
                [.. Queued(e.Entry, model), ("deliverPercent", e.DeliverPercent), ("reason", e.Reason)]
            ),
            QueuePaused e => new(stream, version, "queue_paused", e.At, ("modelId", model)),
            QueueResumed e => new(stream, version, "queue_resumed", e.At, ("modelId", model)),
            _ => null,
        };
    }

    private static ExpectedNews? Of(string stream, string model, (long Version, DeviceEvent Event) entry) =>
        entry.Event switch
        {
            DeviceFailed e => Failed(stream, model, entry, e.PurchaseId, e.UserId),
            DeviceOrdered { Lapsed: { } lapsed } => Failed(stream, model, entry, lapsed.PurchaseId, lapsed.UserId),
            _ => null,
        };

    private static ExpectedNews Failed(
        string stream,
        string model,
        (long Version, DeviceEvent Event) entry,
        PurchaseId id,
        string user
    ) =>
        new(
            stream,
            entry.Version,
            "device_failed",
            entry.Event.At,
            ("purchaseId", id),
            ("userId", user),
            ("modelId", model)
        );

    private static (string, object?)[] Bought(PurchaseId id, string user, BoughtItem item) =>
        [
            ("purchaseId", id),
            ("userId", user),
            ("modelId", item.ModelId),
            ("menuId", item.MenuId),
            ("itemId", item.ItemId),
            ("tokens", item.Tokens),
        ];

    private static (string, object?)[] Queued(QueuedEntry entry, string model) =>
        [
            ("purchaseId", entry.PurchaseId),
            ("userId", entry.UserId),
            ("modelId", model),
            ("itemId", entry.ItemId),
            ("tokens", entry.Tokens),
        ];
}
