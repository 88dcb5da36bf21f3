using System.Globalization;
using System.Text.Json;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// USDC, by sessions of Daimo. A session cannot be closed, so it is asked about until it is over; and money that has arrived on
/// the chain is no longer Daimo's to give back, so a person sends it and says so.
/// </summary>
/// <remarks>
/// Not verified against the service: the body that opens a session, and its address in the answer. Events and their signature are
/// as documented.
/// </remarks>
public sealed class DaimoProvider(
    PaymentOptions options,
    TokenPrices prices,
    TimeProvider time,
    IHttpClientFactory clients
) : IPaymentProvider
{
    private const string Currency = "USDC";
    private const int Decimals = 6;
    private const int BaseChain = 8453;
    private const string UsdcOnBase = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

    public string Name => PaymentProviders.Daimo;

    public Outcome<Money> AmountOf(Money price) => PaymentRules.AmountOf(price, Currency, prices.In(Currency));

    public async Task<SessionAnswer> OpenAsync(PaymentOrder order)
    {
        var request = PaymentHttp.Post(
            new Uri(options.DaimoAddress, "v1/sessions"),
            options.DaimoKey,
            new DaimoWanted(
                new DaimoDestination(
                    options.DaimoDestination,
                    BaseChain,
                    UsdcOnBase,
                    UnitsOf(order.Amount.Amount),
                    null
                ),
                new Dictionary<string, string> { ["paymentId"] = order.PaymentId },
                options.ReturnTo(order)
            ),
            DaimoJson.Default.DaimoWanted
        );
        request.Headers.Add("Idempotency-Key", order.PaymentId);
        var (status, session, failure) = await AskAsync(request);
        return session is { SessionId: { } id } ? new SessionAnswer.Opened(new ProviderSession(id, LinkOf(session)))
            : status is >= 400 and < 500 and not (401 or 403 or 408 or 409 or 429)
                ? new SessionAnswer.Refused(PaymentRefusals.PaymentRefused)
            : new SessionAnswer.Unknown(failure);
    }

    public Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session) =>
        Task.FromResult<CloseAnswer>(new CloseAnswer.NotClosable());

    public async Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session)
    {
        if (session is null)
        {
            return new StatusAnswer.Unknown("The session is not known yet.");
        }
        var (_, found, failure) = await AskAsync(
            PaymentHttp.Get(
                new Uri(options.DaimoAddress, $"v1/sessions/{Uri.EscapeDataString(session.Id)}"),
                options.DaimoKey
            )
        );
        return found?.Status switch
        {
            null => new StatusAnswer.Unknown(failure),
            "succeeded" when MoneyOf(found) is { } money => new StatusAnswer.Paid(money, ReferenceOf(found)),
            "bounced" => new StatusAnswer.Declined(),
            "expired" => new StatusAnswer.Over(),
            _ => new StatusAnswer.Pending(),
        };
    }

    public Task<RefundAnswer> RefundAsync(RefundOrder refund) =>
        Task.FromResult<RefundAnswer>(
            new RefundAnswer.NotPossible("USDC that has arrived is sent back by hand: Daimo cannot.")
        );

    public Outcome<ProviderMessage> Read(ProviderPost post)
    {
        if (!TimedSignature.IsOf(post, PaymentOptions.Listed(options.DaimoWebhookSecrets), time.GetUtcNow()))
        {
            return PaymentRefusals.InvalidSignature;
        }
        try
        {
            return
                JsonSerializer.Deserialize(post.Body, DaimoJson.Default.DaimoEvent)
                    is { Id: { Length: > 0 } id, Type: { } type, Data.Session: { } session }
                ? Message(id, type, session)
                : PaymentRefusals.InvalidWebhookBody;
        }
        catch (JsonException)
        {
            return PaymentRefusals.InvalidWebhookBody;
        }
    }

    private ProviderMessage Message(string id, string type, DaimoSession session)
    {
        ProviderEventKind? kind = type switch
        {
            "session.succeeded" => ProviderEventKind.Paid,
            // What bounced went back to who sent it.
            "session.bounced" => ProviderEventKind.Declined,
            _ => null,
        };
        return kind is null || session.Metadata?.GetValueOrDefault("paymentId") is not { } paymentId
            ? ProviderMessage.OfNoConcern
            : new ProviderMessage(
                paymentId,
                new ProviderEvent(id, kind.Value, MoneyOf(session), time.GetUtcNow(), ReferenceOf(session))
            );
    }

    private static string ReferenceOf(DaimoSession session) =>
        session.Destination?.Delivery?.TxHash ?? session.SessionId ?? "";

    private static string? LinkOf(DaimoSession session) =>
        Uri.TryCreate(session.Url, UriKind.Absolute, out var link) && link.Scheme is "https" or "http"
            ? session.Url
            : null;

    /// <summary>Null for an amount that is none, or finer than a millionth.</summary>
    private static Money? MoneyOf(DaimoSession session) =>
        decimal.TryParse(
            session.Destination?.AmountUnits,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var units
        )
        && units * 1_000_000m is var millionths
        && millionths == decimal.Truncate(millionths)
        && millionths <= Money.MaxAmount
            ? new Money(Currency, (long)millionths)
            : null;

    private static string UnitsOf(long millionths) =>
        (millionths / 1_000_000m).ToString($"0.{new string('#', Decimals)}", CultureInfo.InvariantCulture);

    private async Task<(int Status, DaimoSession? Session, string Failure)> AskAsync(HttpRequestMessage request)
    {
        try
        {
            using (request)
            {
                var (status, answer) = await clients
                    .CreateClient(Name)
                    .SendAsync(request, DaimoJson.Default.DaimoAnswer);
                return (status, answer?.Session, $"Daimo answered {status}.");
            }
        }
        catch (Exception fault) when (PaymentHttp.IsUnanswered(fault))
        {
            return (0, null, fault.GetType().Name);
        }
    }
}
