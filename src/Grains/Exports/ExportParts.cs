using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Transactions;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Attachments;
using Actors.Grains.Conversations;
using Actors.Grains.Sealing;
using Actors.Grains.Uploads;

namespace Actors.Grains.Exports;

/// <summary>
/// What an export is made of: page by page what the person herself may read, as she sees it. It is no picture of one moment: what
/// happens meanwhile may be in it or not.
/// </summary>
internal sealed class ExportParts(
    IGrainFactory grains,
    IAttachmentStore store,
    IErasableKeys keys,
    string personId,
    ExportJob job
)
{
    private const int PageSize = 100;
    private const int PieceBytes = 1 << 16;

    private static readonly Part[] All =
    [
        new("profile", null, static parts => parts.ReadProfileAsync()),
        new("balance", PersonKind.User, static parts => parts.ReadBalanceAsync()),
        new("wallet", PersonKind.Model, static parts => parts.ReadWalletAsync()),
        new(
            "statement",
            null,
            static parts => ListAsync("statement.json", parts.MovementsAsync(), ExportedJson.Default.ExportedMovement)
        ),
        new(
            "purchases",
            PersonKind.User,
            static parts =>
                ListAsync("purchases.json", parts.PurchasesAsync(), ExportedSnakeJson.Default.ExportedPurchase)
        ),
        new("conversations", null, static parts => parts.ReadConversationsAsync()),
        new(
            "mood-messages",
            null,
            static parts =>
                ListAsync(
                    "mood-messages.json",
                    parts.MoodMessagesAsync(),
                    ExportedSnakeJson.Default.ExportedMoodMessage
                )
        ),
        new(
            "moods",
            PersonKind.Model,
            static parts => ListAsync("moods.json", parts.MoodsAsync(), ExportedJson.Default.ExportedMood)
        ),
        new(
            "pets",
            PersonKind.User,
            static parts => ListAsync("pets.json", parts.PetsAsync(), ExportedJson.Default.PetView)
        ),
        new(
            "notifications",
            null,
            static parts =>
                ListAsync("notifications.json", parts.NotificationsAsync(), ExportedJson.Default.NotificationItem)
        ),
        new(
            "activity",
            null,
            static parts => ListAsync("activity.json", parts.ActivitiesAsync(), ExportedJson.Default.ExportedActivity)
        ),
        new(
            "transactions",
            null,
            static parts =>
                ListAsync("transactions.json", parts.TransactionsAsync(), ExportedJson.Default.ExportedTransaction)
        ),
    ];

    private Side Side => job.Kind == PersonKind.User ? Side.User : Side.Peer;

    private ActorRole Role => job.Kind == PersonKind.User ? ActorRole.User : ActorRole.Model;

    public static IReadOnlyList<string> NamesOf(PersonKind kind) => [.. PartsOf(kind).Select(static part => part.Name)];

    public async IAsyncEnumerable<ExportPiece> ReadAsync(ExportProgress progress)
    {
        yield return new ExportPiece("README.txt", ExportReadme.Of(personId, job));
        foreach (var part in PartsOf(job.Kind))
        {
            await foreach (var piece in part.Read(this))
            {
                yield return piece;
            }
            progress.Add(part.Name);
        }
    }

    private static IEnumerable<Part> PartsOf(PersonKind kind) => All.Where(part => (part.Only ?? kind) == kind);

    private async IAsyncEnumerable<ExportPiece> ReadProfileAsync()
    {
        var (user, model) =
            job.Kind == PersonKind.User
                ? (await grains.GetGrain<IUserProfileGrain>(personId).Get(), null)
                : ((UserProfile?)null, (await grains.GetGrain<IModelProfileGrain>(personId).Get()).Value);
        var person = new ExportedPerson(personId, ExportedPerson.NameOf(Role), user, model);
        yield return One("profile.json", person, ExportedJson.Default.ExportedPerson);
    }

    private async IAsyncEnumerable<ExportPiece> ReadBalanceAsync()
    {
        var balance = await grains.GetGrain<IBalanceGrain>(personId).Get();
        yield return One("balance.json", balance, ExportedJson.Default.BalanceView);
    }

    private async IAsyncEnumerable<ExportPiece> ReadWalletAsync()
    {
        var wallet = await grains.GetGrain<IWalletGrain>(personId).Get();
        yield return One("wallet.json", wallet, ExportedJson.Default.WalletView);
    }

    private async IAsyncEnumerable<ExportedMovement> MovementsAsync()
    {
        for (long? after = 0; after is { } from; )
        {
            var page = await (
                job.Kind == PersonKind.User
                    ? grains.GetGrain<IBalanceGrain>(personId).Since(from, PageSize)
                    : grains.GetGrain<IWalletGrain>(personId).Since(from, PageSize)
            );
            foreach (var movement in page.Movements)
            {
                yield return ExportedMovement.Of(movement);
            }
            after = page.Next;
        }
    }

    private async IAsyncEnumerable<ExportedPurchase> PurchasesAsync()
    {
        var purchaser = grains.GetGrain<IPurchaserGrain>(personId);
        var (offset, oldest) = (0, long.MaxValue);
        while (await purchaser.History(PageSize, offset, PurchaseFilter.None) is { Purchases.Count: > 0 } page)
        {
            // Those that are made meanwhile move the others on: some are seen twice, none is missed.
            foreach (var purchase in page.Purchases.Where(one => one.PurchaseId.Version < oldest))
            {
                yield return ExportedPurchase.Of(purchase);
                oldest = purchase.PurchaseId.Version;
            }
            offset += page.Purchases.Count;
        }
    }

    private async IAsyncEnumerable<ExportPiece> ReadConversationsAsync()
    {
        foreach (var id in await FindConversationsAsync())
        {
            var peer = job.Kind == PersonKind.User ? id.PeerId : id.UserId;
            var directory = id.Kind == PeerKind.Pet ? "pet-conversations" : "conversations";
            var files = new List<AttachedFile>();
            var messages = MessagesAsync(id, files);
            await foreach (
                var piece in ListAsync($"{directory}/{peer}.json", messages, ExportedJson.Default.ExportedMessage)
            )
            {
                yield return piece;
            }
            foreach (var file in files)
            {
                await foreach (var piece in AttachmentAsync(id, file, $"{directory}/{peer}"))
                {
                    yield return piece;
                }
            }
        }
    }

    private async Task<IReadOnlyCollection<ConversationId>> FindConversationsAsync()
    {
        var list = grains.GetGrain<IConversationListGrain>(personId);
        var found = new HashSet<ConversationId>();
        for (var offset = 0; await list.List(PageSize, offset) is { Conversations.Count: > 0 } page; offset += PageSize)
        {
            found.UnionWith(page.Conversations);
        }
        // Meanwhile some may have moved to the front, where nobody looks any more.
        found.UnionWith((await list.List(PageSize, 0)).Conversations);
        return found;
    }

    private async IAsyncEnumerable<ExportedMessage> MessagesAsync(ConversationId id, List<AttachedFile> files)
    {
        var conversation = grains.GetGrain<IConversationGrain>(id.ToString());
        long? before = null;
        do
        {
            var found = await conversation.List(new ListMessages(Side, PageSize, Before: before));
            if (found.Value is not { } page)
            {
                // Erased, by whoever of the two.
                yield break;
            }
            foreach (var message in page.Messages)
            {
                files.AddRange(message.Attachments ?? []);
                yield return ExportedMessage.Of(message);
            }
            before = page.Next;
        } while (before is not null);
    }

    private async IAsyncEnumerable<ExportPiece> AttachmentAsync(ConversationId id, AttachedFile file, string directory)
    {
        if (await keys.OpenAsync(ConversationText.KeyNameOf(id)) is not { } key)
        {
            yield break;
        }
        await using var bytes = await store.OpenAsync(UploadNames.Of(id, file.Id), key);
        if (bytes is null)
        {
            // Its message was deleted a moment ago.
            yield break;
        }
        var name = $"{directory}/{file.Id}.{file.Type.Extension()}";
        var buffer = new byte[PieceBytes];
        while (await bytes.ReadAsync(buffer.AsMemory()) is > 0 and var read)
        {
            yield return new ExportPiece(name, buffer.AsMemory(0, read), IsPacked: true);
        }
    }

    private async IAsyncEnumerable<ExportedMoodMessage> MoodMessagesAsync()
    {
        var box = grains.GetGrain<IMoodMessageBoxGrain>(personId);
        var reader = new Actor(Role, personId);
        long? before = null;
        do
        {
            var page = await box.List(new ListMoodMessages(PageSize, Before: before));
            foreach (var id in page.Ids)
            {
                if ((await grains.GetGrain<IMoodMessageGrain>(id).Find(reader)).Value is { } found)
                {
                    yield return ExportedMoodMessage.Of(found);
                }
            }
            before = page.Next;
        } while (before is not null);
    }

    private async IAsyncEnumerable<ExportedMood> MoodsAsync()
    {
        var mood = grains.GetGrain<IMoodGrain>(personId);
        var (offset, oldest) = (0, long.MaxValue);
        while ((await mood.History(PageSize, offset)).Value is { History.Count: > 0 } page)
        {
            foreach (var change in page.History.Where(one => one.Version < oldest))
            {
                yield return ExportedMood.Of(change);
                oldest = change.Version;
            }
            offset += page.History.Count;
        }
    }

    private async IAsyncEnumerable<PetView> PetsAsync()
    {
        foreach (var pet in await grains.GetGrain<IPetsGrain>(personId).List())
        {
            yield return pet;
        }
    }

    private async IAsyncEnumerable<NotificationItem> NotificationsAsync()
    {
        var inbox = grains.GetGrain<INotificationInboxGrain>(personId);
        for (
            long after = 0;
            await inbox.Since(after, PageSize) is { Notifications: [.., var last] } page;
            after = last.Id
        )
        {
            foreach (var notification in page.Notifications)
            {
                yield return notification;
            }
        }
    }

    private async IAsyncEnumerable<ExportedActivity> ActivitiesAsync()
    {
        var activity = grains.GetGrain<IActivityGrain>(personId);
        var query = new ListActivity(IActivityGrain.KeptDays, null, null, null, PageSize, 0);
        while (true)
        {
            var page = (await activity.List(query)).Value!;
            foreach (var view in page.Activities)
            {
                yield return ExportedActivity.Of(personId, view);
            }
            if (page.Next is not { } next)
            {
                yield break;
            }
            query = query with { Cursor = next };
        }
    }

    private async IAsyncEnumerable<ExportedTransaction> TransactionsAsync()
    {
        var list = grains.GetGrain<ITransactionListGrain>(TransactionLists.OfUser(personId));
        long? before = null;
        do
        {
            var page = await list.Before(before, PageSize, null);
            foreach (var entry in page.Entries)
            {
                if (await grains.GetGrain<ITransactionGrain>(entry.Hash.Value).Find() is { } found)
                {
                    yield return ExportedTransaction.Of(found);
                }
            }
            before = page.Next;
        } while (before is not null);
    }

    private static ExportPiece One<T>(string file, T value, JsonTypeInfo<T> contract) =>
        new(file, JsonSerializer.SerializeToUtf8Bytes(value, contract));

    private static async IAsyncEnumerable<ExportPiece> ListAsync<T>(
        string file,
        IAsyncEnumerable<T> items,
        JsonTypeInfo<T> contract
    )
    {
        var between = "[\n"u8.ToArray();
        await foreach (var item in items)
        {
            yield return new ExportPiece(file, between);
            yield return new ExportPiece(file, JsonSerializer.SerializeToUtf8Bytes(item, contract));
            between = ",\n"u8.ToArray();
        }
        yield return new ExportPiece(file, between[0] == '[' ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray());
    }

    /// <param name="Only">Whose it is a part of; null for everybody.</param>
    private sealed record Part(string Name, PersonKind? Only, Func<ExportParts, IAsyncEnumerable<ExportPiece>> Read);
}
