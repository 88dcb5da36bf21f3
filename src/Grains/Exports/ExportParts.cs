using System.Text.Json.Serialization.Metadata;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Wallets;
using Actors.Grains.Attachments;
using Actors.Grains.Sealing;

namespace Actors.Grains.Exports;

/// <summary>What an export is made of, file by file.</summary>
internal sealed class ExportParts(
    IGrainFactory grains,
    IAttachmentStore store,
    IErasableKeys keys,
    string personId,
    ExportJob job
)
{
    private static readonly Part[] All =
    [
        new("profile", null, static parts => parts.ReadProfileAsync()),
        new("balance", PersonKind.User, static parts => parts.ReadBalanceAsync()),
        new("wallet", PersonKind.Model, static parts => parts.ReadWalletAsync()),
        List("statement", null, static lists => lists.MovementsAsync(), ExportedJson.Default.ExportedMovement),
        List(
            "purchases",
            PersonKind.User,
            static lists => lists.PurchasesAsync(),
            ExportedSnakeJson.Default.ExportedPurchase
        ),
        new("conversations", null, static parts => parts._conversations.ReadAsync()),
        List(
            "mood-messages",
            null,
            static lists => lists.MoodMessagesAsync(),
            ExportedSnakeJson.Default.ExportedMoodMessage
        ),
        List("moods", PersonKind.Model, static lists => lists.MoodsAsync(), ExportedJson.Default.ExportedMood),
        List("menus", PersonKind.Model, static lists => lists.MenusAsync(), ExportedMenus.Contract),
        List("pets", PersonKind.User, static lists => lists.PetsAsync(), ExportedJson.Default.PetView),
        List(
            "subscriptions",
            PersonKind.User,
            static lists => lists.SubscriptionsAsync(),
            ExportedJson.Default.Subscription
        ),
        List("devices", PersonKind.Model, static lists => lists.DevicesAsync(), ExportedJson.Default.PairedDevice),
        List("notifications", null, static lists => lists.NotificationsAsync(), ExportedJson.Default.NotificationItem),
        List("activity", null, static lists => lists.ActivitiesAsync(), ExportedJson.Default.ExportedActivity),
        List("bookings", null, static lists => lists.BookingsAsync(), ExportedBookingJson.Default.ExportedBooking),
        List("transactions", null, static lists => lists.TransactionsAsync(), ExportedJson.Default.ExportedTransaction),
    ];

    private readonly PersonsLists _lists = new(grains, personId, job.Kind);
    private readonly PersonsConversations _conversations = new(grains, store, keys, personId, job.Kind);

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

    private static Part List<T>(
        string name,
        PersonKind? only,
        Func<PersonsLists, IAsyncEnumerable<T>> list,
        JsonTypeInfo<T> contract
    ) => new(name, only, parts => ExportPieces.ListAsync($"{name}.json", list(parts._lists), contract));

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
