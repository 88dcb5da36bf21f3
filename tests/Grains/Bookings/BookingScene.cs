using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Rooms;
using Actors.TestKit;

namespace Actors.Grains.Tests.Bookings;

/// <summary>A performer who is there around the clock, and users who are PRIME.</summary>
internal sealed class BookingScene(IGrainEngine engine, string name)
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");

    private long _seen;

    public string PerformerId { get; } = $"{name}-p";

    public string UserId { get; } = $"{name}-u";

    public Actor User => new(ActorRole.User, UserId);

    public Actor Performer => new(ActorRole.Model, PerformerId);

    public DateTimeOffset Now => engine.Time.GetUtcNow();

    public static async Task<BookingScene> OpenAsync(
        IGrainEngine engine,
        string name,
        long price = 100,
        CancellationPolicy? policy = null
    )
    {
        var scene = new BookingScene(engine, name);
        var always = Enumerable.Range(1, 7).Select(static day => new DayHours(day, [new LocalHours(0, 1440)]));
        await engine.Grains.GetGrain<IModelProfileGrain>(scene.PerformerId).Register(new RegisterModel(Root, "Ana"));
        var set = await engine
            .Grains.GetGrain<IPerformerGrain>(scene.PerformerId)
            .Set(
                new SetPerformer(
                    Root,
                    "Ana",
                    "UTC",
                    [.. always],
                    [CallType.Video, CallType.Audio],
                    [30, 60],
                    60,
                    new Money(Money.TokenCurrency, price),
                    BufferBefore: 0,
                    BufferAfter: 0,
                    Status: PerformerStatus.Active,
                    NoticeMinutes: 0,
                    HorizonDays: 60,
                    Policy: policy ?? new CancellationPolicy(24, 100, 0)
                )
            );
        Assert.Null(set.Refusal);
        await scene.WelcomeAsync(scene.UserId);
        return scene;
    }

    public async Task WelcomeAsync(string userId) =>
        Assert.Null(
            (
                await engine
                    .Grains.GetGrain<IUserProfileGrain>(userId)
                    .Set(new SetUserProfile(Root, Prime: true, AgeVerified: true, TermsAccepted: true))
            ).Refusal
        );

    public IBookingGrain Booking(string id) => engine.Grains.GetGrain<IBookingGrain>(id);

    public string IdOf(string key, string? userId = null) => BookingIds.Of(userId ?? UserId, Calls.Key(key));

    /// <summary>A whole hour, at least so far away.</summary>
    public DateTimeOffset HourIn(TimeSpan wait)
    {
        var at = Now + wait + TimeSpan.FromHours(1);
        return new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero);
    }

    public async Task<Outcome<BookingView>> RequestAsync(
        string key,
        DateTimeOffset start,
        int duration = 30,
        string? userId = null
    ) =>
        await Booking(IdOf(key, userId))
            .Request(
                new RequestBooking(
                    userId ?? UserId,
                    PerformerId,
                    start,
                    duration,
                    CallType.Video,
                    ConductRules.CurrentVersion,
                    Calls.Key(key)
                )
            );

    public async Task<string> HeldAsync(string key, DateTimeOffset start, int duration = 30)
    {
        var held = await RequestAsync(key, start, duration);
        Assert.Null(held.Refusal);
        var id = held.Value!.BookingId;
        Assert.Null((await Booking(id).AcceptRules(new AcceptRules(UserId, ConductRules.CurrentVersion))).Refusal);
        return id;
    }

    public Task<Outcome<BookingView>> PayAsync(
        string id,
        string key = "pay",
        string provider = PaymentProviders.Sandbox
    ) => Booking(id).Pay(new PayBooking(UserId, provider, Calls.Key(key)));

    public async Task<string> UnpaidAsync(string key, DateTimeOffset start, int duration = 30)
    {
        var id = await HeldAsync(key, start, duration);
        var begun = await PayAsync(id);
        Assert.Null(begun.Refusal);
        Assert.Equal(BookingStatus.AwaitingPayment, begun.Value!.Status);
        return id;
    }

    public async Task<string> ConfirmedAsync(string key, DateTimeOffset start, int duration = 30)
    {
        var id = await UnpaidAsync(key, start, duration);
        await MoneyComesAsync($"{id}-1");
        await UntilAsync(id, BookingStatus.Confirmed);
        return id;
    }

    /// <summary>The provider says that somebody has paid, as often as it likes.</summary>
    public async Task MoneyComesAsync(string paymentId, string eventId = "paid")
    {
        var payment = engine.Grains.GetGrain<IPaymentGrain>(paymentId);
        var view = (await payment.Get())!;
        await payment.Hear(
            new ProviderEvent($"{paymentId}-{eventId}", ProviderEventKind.Paid, view.Amount, Now, $"{paymentId}-money")
        );
    }

    public async Task<BookingView> SeeAsync(string id) => (await Booking(id).Get(Root)).Value!;

    public Task<BookingView> UntilAsync(string id, BookingStatus status) =>
        engine.EventuallyAsync(() => SeeAsync(id), view => view.Status == status);

    public Task<BookingView> UntilAsync(string id, Func<BookingView, bool> isSo) =>
        engine.EventuallyAsync(() => SeeAsync(id), isSo);

    public async Task<IReadOnlyList<NotificationItem>> ToldAsync(string personId, string? kind = null)
    {
        var inbox = await engine.Grains.GetGrain<INotificationInboxGrain>(personId).List(100, 0);
        return [.. inbox.Notifications.Where(one => kind is null || one.Kind == kind)];
    }

    public async Task<PaymentView> PaymentAsync(string paymentId) =>
        (await engine.Grains.GetGrain<IPaymentGrain>(paymentId).Get())!;

    public Task<PaymentView> RefundedAsync(string paymentId, long amount) =>
        engine.EventuallyAsync(() => PaymentAsync(paymentId), view => view.Refunded == amount);

    /// <summary>The room says who came and went.</summary>
    public Task SeenAsync(string id, RoomEventKind kind, string personId, string session = "s") =>
        Booking(id).Attended(new Delivery("door", ++_seen), new Attendance(kind, personId, Now, session));

    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        if (moment > Now)
        {
            await engine.AdvanceAsync(moment - Now);
        }
    }

    public async Task<bool> IsFreeAsync(DateTimeOffset start, int duration = 30)
    {
        var slots = await engine
            .Grains.GetGrain<IPerformerGrain>(PerformerId)
            .Slots(new SlotQuery(start, start.AddMinutes(1), duration, CallType.Video));
        return slots.Value!.Starts.Contains(start);
    }
}
