using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Transactions;
using Actors.GrainInterfaces.Wallets;

namespace Actors.Grains.Exports;

/// <summary>
/// Everything that is held about a person in lists, page by page, as she may read it: no second notion of what is visible. It is no
/// picture of one moment: what happens meanwhile may be in it or not.
/// </summary>
internal sealed class PersonsLists(IGrainFactory grains, string personId, PersonKind kind)
{
    private const int PageSize = 100;

    private ActorRole Role => kind == PersonKind.User ? ActorRole.User : ActorRole.Model;

    public async IAsyncEnumerable<ExportedMovement> MovementsAsync()
    {
        for (long? after = 0; after is { } from; )
        {
            var page = await (
                kind == PersonKind.User
                    ? grains.GetGrain<IBalanceGrain>(personId).Since(from, PageSize)
                    : grains.GetGrain<IWalletGrain>(personId).Since(from, PageSize)
            );
            foreach (var movement in await grains.ShowAsync(personId, page.Movements))
            {
                yield return ExportedMovement.Of(movement);
            }
            after = page.Next;
        }
    }

    public async IAsyncEnumerable<ExportedPurchase> PurchasesAsync()
    {
        var purchaser = grains.GetGrain<IPurchaserGrain>(personId);
        var (offset, oldest) = (0, long.MaxValue);
        while (await purchaser.History(PageSize, offset, PurchaseFilter.None) is { Purchases.Count: > 0 } page)
        {
            // Those that are made meanwhile move the others on: some are seen twice, none is missed.
            var erased = await grains.FindErasedAsync(page.Purchases.Select(static one => one.ModelId));
            foreach (var purchase in page.Purchases.Where(one => one.PurchaseId.Version < oldest))
            {
                yield return ExportedPurchase.Of(purchase with { ModelId = erased.Of(purchase.ModelId) });
                oldest = purchase.PurchaseId.Version;
            }
            offset += page.Purchases.Count;
        }
    }

    /// <summary>Each booking as it stands now; how somebody pays is not for the performer.</summary>
    public async IAsyncEnumerable<ExportedBooking> BookingsAsync()
    {
        var list = grains.GetGrain<IBookingListGrain>(personId);
        var reader = new Actor(Role, personId);
        IReadOnlyList<NumberedBookingSummary> page;
        for (long after = 0; ; after = page[^1].Version)
        {
            page = await list.Since(after, PageSize);
            // A list that has forgotten an old one calls it new again: whoever reads finds it twice, and alike.
            foreach (var told in page.Where(static one => one.IsNew))
            {
                if ((await grains.GetGrain<IBookingGrain>(told.Summary.BookingId).Get(reader)).Value is { } booking)
                {
                    yield return ExportedBooking.Of(booking, showsPayments: kind == PersonKind.User);
                }
            }
            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    public async IAsyncEnumerable<ExportedMoodMessage> MoodMessagesAsync()
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

    public async IAsyncEnumerable<ExportedMood> MoodsAsync()
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

    public async IAsyncEnumerable<MenuView> MenusAsync()
    {
        var shelf = grains.GetGrain<IMenuShelfGrain>(personId);
        var reader = new MenuReader(Role, personId);
        var seen = new HashSet<string>();
        for (long after = 0; await shelf.Since(after, PageSize) is [.., var last] page; after = last.Version)
        {
            foreach (var menu in page.Where(one => seen.Add(one.MenuId)))
            {
                // One that only has its place is no menu yet.
                if ((await grains.GetGrain<IMenuGrain>(menu.MenuId).Get(reader)).Value is { } view)
                {
                    yield return view;
                }
            }
        }
    }

    public async IAsyncEnumerable<PetView> PetsAsync()
    {
        foreach (var pet in await grains.GetGrain<IPetsGrain>(personId).List())
        {
            yield return pet;
        }
    }

    public async IAsyncEnumerable<NotificationItem> NotificationsAsync()
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

    public async IAsyncEnumerable<ExportedActivity> ActivitiesAsync()
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

    public async IAsyncEnumerable<ExportedTransaction> TransactionsAsync()
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

    public async IAsyncEnumerable<Subscription> SubscriptionsAsync()
    {
        foreach (var one in (await grains.GetGrain<ISubscriptionsGrain>(personId).List()).Subscriptions)
        {
            yield return one;
        }
    }

    public async IAsyncEnumerable<PairedDevice> DevicesAsync()
    {
        foreach (var device in (await grains.GetGrain<IDeviceGrain>(personId).Get()).Devices)
        {
            yield return device;
        }
    }
}
