using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Attachments;
using Actors.Grains.Sealing;

namespace Actors.Grains.Exports;

/// <summary>
/// What an export is made of, file by file.
/// </summary>
internal sealed class ExportParts(
    IGrainFactory grains,
    IAttachmentStore store,
    IErasableKeys keys,
    string personId,
    ExportJob job
)
{
    private readonly PersonsLists _lists = new(grains, personId, job.Kind);
    private readonly PersonsConversations _conversations = new(grains, store, keys, personId, job.Kind);

    private static readonly Part[] All =
    [
        new("profile", null, static parts => parts.ReadProfileAsync()),
        new("balance", PersonKind.User, static parts => parts.ReadBalanceAsync()),
        new("wallet", PersonKind.Model, static parts => parts.ReadWalletAsync()),
        new(
            "statement",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "statement.json",
                    parts._lists.MovementsAsync(),
                    ExportedJson.Default.ExportedMovement
                )
        ),
        new(
            "purchases",
            PersonKind.User,
            static parts =>
                ExportPieces.ListAsync(
                    "purchases.json",
                    parts._lists.PurchasesAsync(),
                    ExportedSnakeJson.Default.ExportedPurchase
                )
        ),
        new("conversations", null, static parts => parts._conversations.ReadAsync()),
        new(
            "mood-messages",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "mood-messages.json",
                    parts._lists.MoodMessagesAsync(),
                    ExportedSnakeJson.Default.ExportedMoodMessage
                )
        ),
        new(
            "moods",
            PersonKind.Model,
            static parts =>
                ExportPieces.ListAsync("moods.json", parts._lists.MoodsAsync(), ExportedJson.Default.ExportedMood)
        ),
        new(
            "menus",
            PersonKind.Model,
            static parts => ExportPieces.ListAsync("menus.json", parts._lists.MenusAsync(), ExportedMenus.Contract)
        ),
        new(
            "pets",
            PersonKind.User,
            static parts => ExportPieces.ListAsync("pets.json", parts._lists.PetsAsync(), ExportedJson.Default.PetView)
        ),
        new(
            "subscriptions",
            PersonKind.User,
            static parts =>
                ExportPieces.ListAsync(
                    "subscriptions.json",
                    parts._lists.SubscriptionsAsync(),
                    ExportedJson.Default.Subscription
                )
        ),
        new(
            "devices",
            PersonKind.Model,
            static parts =>
                ExportPieces.ListAsync("devices.json", parts._lists.DevicesAsync(), ExportedJson.Default.PairedDevice)
        ),
        new(
            "notifications",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "notifications.json",
                    parts._lists.NotificationsAsync(),
                    ExportedJson.Default.NotificationItem
                )
        ),
        new(
            "activity",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "activity.json",
                    parts._lists.ActivitiesAsync(),
                    ExportedJson.Default.ExportedActivity
                )
        ),
        new(
            "bookings",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "bookings.json",
                    parts._lists.BookingsAsync(),
                    ExportedBookingJson.Default.ExportedBooking
                )
        ),
        new(
            "transactions",
            null,
            static parts =>
                ExportPieces.ListAsync(
                    "transactions.json",
                    parts._lists.TransactionsAsync(),
                    ExportedJson.Default.ExportedTransaction
                )
        ),
    ];

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
        yield return ExportPieces.One("profile.json", person, ExportedJson.Default.ExportedPerson);
    }

    private async IAsyncEnumerable<ExportPiece> ReadBalanceAsync()
    {
        var balance = await grains.GetGrain<IBalanceGrain>(personId).Get();
        yield return ExportPieces.One("balance.json", balance, ExportedJson.Default.BalanceView);
    }

    private async IAsyncEnumerable<ExportPiece> ReadWalletAsync()
    {
        var wallet = await grains.GetGrain<IWalletGrain>(personId).Get();
        yield return ExportPieces.One("wallet.json", wallet, ExportedJson.Default.WalletView);
    }

    /// <param name="Only">Whose it is a part of; null for everybody.</param>
    private sealed record Part(string Name, PersonKind? Only, Func<ExportParts, IAsyncEnumerable<ExportPiece>> Read);
}
