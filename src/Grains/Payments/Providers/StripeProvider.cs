using System.Globalization;
using System.Net;
using System.Text.Json;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Stripe;
using Stripe.Checkout;
using Money = Actors.GrainInterfaces.Ledger.Money;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// Cards, by Stripe's Checkout. A session lives for at least half an hour there, so it is expired by us when the booking waits
/// no longer; money that was on its way comes all the same.
/// </summary>
/// <remarks>Not tried against Stripe itself: what a refund's body may hold beyond amount, intent and metadata.</remarks>
public sealed class StripeProvider(
    PaymentOptions options,
    TokenPrices prices,
    TimeProvider time,
    IHttpClientFactory clients
) : IPaymentProvider
{
    private const int ToleranceSeconds = 300;
    private const string PaymentIdName = "payment_id";
    private const string RefundKeyName = "refund_key";

    /// <summary>After the booking has stopped waiting. The same for every try: a key comes with one body.</summary>
    private static readonly TimeSpan SessionOutlives = TimeSpan.FromMinutes(50);

    public string Name => PaymentProviders.Stripe;

    public Outcome<Money> AmountOf(Money price) =>
        PaymentRules.AmountOf(price, options.StripeCurrency, prices.In(options.StripeCurrency));

    public Task<SessionAnswer> OpenAsync(PaymentOrder order) =>
        AskAsync<SessionAnswer>(
            async stripe =>
            {
                var session = await new SessionService(stripe).CreateAsync(Wanted(order), Key(order.PaymentId));
                return new SessionAnswer.Opened(new ProviderSession(session.Id, session.Url));
            },
            static fault =>
                IsFinal(fault)
                    ? new SessionAnswer.Refused(PaymentRefusals.PaymentRefused)
                    : new SessionAnswer.Unknown(Reason(fault)),
            static failure => new SessionAnswer.Unknown(failure)
        );

    public Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session) =>
        AskAsync<CloseAnswer>(
            async stripe =>
            {
                await new SessionService(stripe).ExpireAsync(session.Id);
                return new CloseAnswer.Closed();
            },
            // It is paid, or has expired: how it stands has to be asked for.
            static fault =>
                IsFinal(fault) ? new CloseAnswer.NotClosable() : new CloseAnswer.Unknown(Reason(fault)),
            static failure => new CloseAnswer.Unknown(failure)
        );

    public Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session) =>
        session is null
            ? Task.FromResult<StatusAnswer>(new StatusAnswer.Unknown("The session is not known yet."))
            : AskAsync<StatusAnswer>(
                async stripe => StatusOf(await new SessionService(stripe).GetAsync(session.Id)),
                static fault => new StatusAnswer.Unknown(Reason(fault)),
                static failure => new StatusAnswer.Unknown(failure)
            );

    public Task<RefundAnswer> RefundAsync(RefundOrder refund) =>
        AskAsync(
            async stripe =>
            {
                var refunds = new RefundService(stripe);
                // Keys are kept for a day: after that only a look tells whether it was done.
                var made = refund.IsRepeat ? await FindAsync(refunds, refund) : null;
                return AnswerOf(made ?? await refunds.CreateAsync(Wanted(refund), Key(refund.Key)));
            },
            static fault =>
                IsFinal(fault) ? new RefundAnswer.NotPossible(Reason(fault)) : new RefundAnswer.Unknown(Reason(fault)),
            static failure => new RefundAnswer.Unknown(failure)
        );

    public Outcome<ProviderMessage> Read(ProviderPost post)
    {
        if (post.Signature is not { } signature)
        {
            return PaymentRefusals.InvalidSignature;
        }
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var secret in PaymentOptions.Listed(options.StripeWebhookSecrets))
        {
            try
            {
                return Message(
                    EventUtility.ConstructEvent(
                        post.Body,
                        signature,
                        secret,
                        ToleranceSeconds,
                        now,
                        throwOnApiVersionMismatch: false
                    )
                );
            }
            catch (StripeException)
            {
                // Another secret may be the one.
            }
            catch (Exception fault) when (fault is JsonException or Newtonsoft.Json.JsonException)
            {
                return PaymentRefusals.InvalidWebhookBody;
            }
        }
        return PaymentRefusals.InvalidSignature;
    }

    private static ProviderMessage Message(Event said) =>
        (said.Type, said.Data?.Object) switch
        {
            (
                EventTypes.CheckoutSessionCompleted
                    or EventTypes.CheckoutSessionAsyncPaymentSucceeded,
                Session { PaymentStatus: "paid" } session
            ) => new ProviderMessage(
                session.ClientReferenceId,
                new ProviderEvent(
                    said.Id,
                    ProviderEventKind.Paid,
                    MoneyOf(session),
                    At(said),
                    session.PaymentIntentId ?? session.Id
                )
            ),
            (EventTypes.CheckoutSessionAsyncPaymentFailed, Session session) => new ProviderMessage(
                session.ClientReferenceId,
                new ProviderEvent(said.Id, ProviderEventKind.Declined, null, At(said), null)
            ),
            (EventTypes.CheckoutSessionExpired, Session session) => new ProviderMessage(
                session.ClientReferenceId,
                new ProviderEvent(said.Id, ProviderEventKind.Expired, null, At(said), null)
            ),
            (_, Refund { Status: "succeeded" or "failed" or "canceled" } refund) => new ProviderMessage(
                refund.Metadata?.GetValueOrDefault(PaymentIdName),
                new ProviderEvent(
                    said.Id,
                    refund.Status == "succeeded" ? ProviderEventKind.Refunded : ProviderEventKind.RefundFailed,
                    null,
                    At(said),
                    refund.Metadata?.GetValueOrDefault(RefundKeyName)
                )
            ),
            _ => ProviderMessage.OfNoConcern,
        };

    private static DateTimeOffset At(Event said) => new(DateTime.SpecifyKind(said.Created, DateTimeKind.Utc));

    private SessionCreateOptions Wanted(PaymentOrder order)
    {
        var metadata = new Dictionary<string, string>
        {
            [PaymentIdName] = order.PaymentId,
            ["booking_id"] = order.BookingId,
        };
        return new SessionCreateOptions
        {
            Mode = "payment",
            ClientReferenceId = order.PaymentId,
            Metadata = metadata,
            PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = metadata },
            LineItems =
            [
                new SessionLineItemOptions
                {
                    Quantity = 1,
                    PriceData = new SessionLineItemPriceDataOptions
                    {
                        Currency = order.Amount.Currency.ToLowerInvariant(),
                        UnitAmount = order.Amount.Amount,
                        ProductData = new SessionLineItemPriceDataProductDataOptions { Name = "Private call" },
                    },
                },
            ],
            SuccessUrl = options.ReturnTo(order),
            CancelUrl = options.ReturnTo(order),
            ExpiresAt = (order.ExpiresAt + SessionOutlives).UtcDateTime,
        };
    }

    private static RefundCreateOptions Wanted(RefundOrder refund) =>
        new()
        {
            PaymentIntent = refund.Reference,
            Amount = refund.Money.Amount,
            Metadata = new Dictionary<string, string>
            {
                [PaymentIdName] = refund.Order.PaymentId,
                [RefundKeyName] = refund.Key,
            },
        };

    private static async Task<Refund?> FindAsync(RefundService refunds, RefundOrder wanted)
    {
        var list = await refunds.ListAsync(new RefundListOptions { PaymentIntent = wanted.Reference, Limit = 100 });
        return list.Data.FirstOrDefault(refund => refund.Metadata?.GetValueOrDefault(RefundKeyName) == wanted.Key);
    }

    private static RefundAnswer AnswerOf(Refund refund) =>
        refund.Status switch
        {
            "succeeded" => new RefundAnswer.Done(refund.Id),
            "failed" or "canceled" => new RefundAnswer.NotPossible($"Stripe says: {refund.FailureReason}"),
            _ => new RefundAnswer.Pending(),
        };

    private static StatusAnswer StatusOf(Session session) =>
        session switch
        {
            { PaymentStatus: "paid" } => new StatusAnswer.Paid(MoneyOf(session), session.PaymentIntentId ?? session.Id),
            { Status: "expired" } => new StatusAnswer.Over(),
            _ => new StatusAnswer.Pending(),
        };

    private static Money MoneyOf(Session session) =>
        new((session.Currency ?? "").ToUpperInvariant(), session.AmountTotal ?? 0);

    private static RequestOptions Key(string key) => new() { IdempotencyKey = key };

    /// <summary>What Stripe has understood and will not do, however often it is asked.</summary>
    private static bool IsFinal(StripeException fault) =>
        fault.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound;

    private static string Reason(StripeException fault) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Stripe answered {(int)fault.HttpStatusCode} {fault.StripeError?.Code}"
        );

    private async Task<T> AskAsync<T>(
        Func<StripeClient, Task<T>> ask,
        Func<StripeException, T> refused,
        Func<string, T> unanswered
    )
    {
        try
        {
            var http = new SystemNetHttpClient(
                clients.CreateClient(Name),
                maxNetworkRetries: 0,
                enableTelemetry: false
            );
            return await ask(
                new StripeClient(
                    options.StripeKey,
                    httpClient: http,
                    apiBase: options.StripeAddress.ToString().TrimEnd('/')
                )
            );
        }
        catch (StripeException fault)
        {
            return refused(fault);
        }
        catch (Exception fault) when (PaymentHttp.IsUnanswered(fault))
        {
            return unanswered(fault.GetType().Name);
        }
    }
}
