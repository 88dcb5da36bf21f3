using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;

namespace Actors.Grains.Payments.Providers;

/// <summary>
/// Transfers between banks in Colombia, by Wompi: one transaction for each payment, under its id as the reference, which Wompi
/// takes once. What its events say is only believed when it says the same once asked. A transfer cannot be closed nor voided
/// (voids are for cards), so a refund is sent by a person.
/// </summary>
/// <remarks>Not verified against the service: that a transfer's void is refused, which is why it is never asked for.</remarks>
public sealed class WompiProvider(
    PaymentOptions options,
    TokenPrices prices,
    TimeProvider time,
    IHttpClientFactory clients
) : IPaymentProvider
{
    private const string Currency = "COP";
    private const string Method = "BANCOLOMBIA_TRANSFER";
    private const int LooksForLink = 3;
    private const int MaxSignedValues = 20;

    private static readonly TimeSpan PauseBeforeLook = TimeSpan.FromMilliseconds(300);

    public string Name => PaymentProviders.Wompi;

    public Outcome<Money> AmountOf(Money price) => PaymentRules.AmountOf(price, Currency, prices.In(Currency));

    public async Task<SessionAnswer> OpenAsync(PaymentOrder order)
    {
        try
        {
            var transaction = await FindAsync(order) ?? await MakeAsync(order);
            for (
                var look = 0;
                transaction is { Id: { } id, Link: null, IsPending: true } && look < LooksForLink;
                look++
            )
            {
                // The bank's page comes a moment after the transaction.
                await Task.Delay(PauseBeforeLook, time);
                transaction = await GetAsync(id);
            }
            return transaction switch
            {
                null => new SessionAnswer.Refused(PaymentRefusals.PaymentRefused),
                { Id: { } id, Link: { } link } => new SessionAnswer.Opened(new ProviderSession(id, link)),
                { Id: { } id, IsPending: false } => new SessionAnswer.Opened(new ProviderSession(id, null)),
                _ => new SessionAnswer.Unknown("The bank's page is not there yet."),
            };
        }
        catch (WompiUnansweredException fault)
        {
            return new SessionAnswer.Unknown(fault.Message);
        }
        catch (Exception fault) when (PaymentHttp.IsUnanswered(fault))
        {
            return new SessionAnswer.Unknown(fault.GetType().Name);
        }
    }

    public Task<CloseAnswer> CloseAsync(PaymentOrder order, ProviderSession session) =>
        Task.FromResult<CloseAnswer>(new CloseAnswer.NotClosable());

    public async Task<StatusAnswer> FetchAsync(PaymentOrder order, ProviderSession? session)
    {
        try
        {
            var transaction = session is null ? await FindAsync(order) : await GetAsync(session.Id);
            return transaction switch
            {
                { Status: "APPROVED", Id: { } id } => new StatusAnswer.Paid(
                    new Money(transaction.Currency ?? "", transaction.AmountInCents),
                    id
                ),
                { Status: "DECLINED" or "ERROR" or "VOIDED" } => new StatusAnswer.Declined(),
                null => new StatusAnswer.Unknown("There is no such transaction."),
                _ => new StatusAnswer.Pending(),
            };
        }
        catch (WompiUnansweredException fault)
        {
            return new StatusAnswer.Unknown(fault.Message);
        }
        catch (Exception fault) when (PaymentHttp.IsUnanswered(fault))
        {
            return new StatusAnswer.Unknown(fault.GetType().Name);
        }
    }

    public Task<RefundAnswer> RefundAsync(RefundOrder refund) =>
        Task.FromResult<RefundAnswer>(
            new RefundAnswer.NotPossible("A transfer is given back by hand: Wompi voids cards only.")
        );

    public Outcome<ProviderMessage> Read(ProviderPost post)
    {
        try
        {
            using var json = JsonDocument.Parse(post.Body, new JsonDocumentOptions { MaxDepth = 16 });
            if (!IsSigned(json.RootElement, post.Signature))
            {
                return PaymentRefusals.InvalidSignature;
            }
            var said = json.RootElement.Deserialize(WompiJson.Default.WompiEvent);
            return said is not { Event: "transaction.updated", Data.Transaction: { Reference: { } id } transaction }
                ? ProviderMessage.OfNoConcern
                : new ProviderMessage(
                    id,
                    new ProviderEvent(
                        $"{transaction.Id}/{transaction.Status}/{said.Timestamp}",
                        ProviderEventKind.Paid,
                        null,
                        time.GetUtcNow(),
                        transaction.Id,
                        Check: true
                    )
                );
        }
        catch (JsonException)
        {
            return PaymentRefusals.InvalidSignature;
        }
    }

    /// <summary>
    /// SHA-256 of the values that the event itself names, its time and a secret. What is not among them is not signed, so
    /// nothing of it is believed but whose payment it is.
    /// </summary>
    private bool IsSigned(JsonElement said, string? header)
    {
        if (
            said.ValueKind != JsonValueKind.Object
            || !said.TryGetProperty("signature", out var signature)
            || signature.ValueKind != JsonValueKind.Object
            || !signature.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Array
            || properties.GetArrayLength() is 0 or > MaxSignedValues
            || !said.TryGetProperty("timestamp", out var stamp)
            || !stamp.TryGetInt64(out var seconds)
            || !said.TryGetProperty("data", out var data)
            || !WompiSignature.IsFresh(seconds, time.GetUtcNow())
        )
        {
            return false;
        }
        var values = new StringBuilder();
        foreach (var path in properties.EnumerateArray())
        {
            if (WompiSignature.ValueAt(data, path) is not { } value)
            {
                return false;
            }
            values.Append(value);
        }
        values.Append(CultureInfo.InvariantCulture, $"{seconds}");
        var given = Encoding.ASCII.GetBytes(
            header ?? (signature.TryGetProperty("checksum", out var sum) ? sum.ToString() : "")
        );
        return PaymentOptions
            .Listed(options.WompiEventsSecrets)
            .Any(secret =>
                CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(WompiSignature.Of($"{values}{secret}")),
                    Lowered(given)
                )
            );
    }

    private static byte[] Lowered(byte[] text) =>
        Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(text).ToLowerInvariant());

    private async Task<WompiTransaction?> MakeAsync(PaymentOrder order)
    {
        var (status, merchant) = await SendAsync(
            PaymentHttp.Get(At($"v1/merchants/{options.WompiPublicKey}")),
            WompiJson.Default.WompiMerchantAnswer
        );
        if (merchant?.Data?.PresignedAcceptance?.AcceptanceToken is not { } acceptance)
        {
            throw new WompiUnansweredException(status);
        }
        var amount = order.Amount;
        var signed = string.Create(
            CultureInfo.InvariantCulture,
            $"{order.PaymentId}{amount.Amount}{amount.Currency}{options.WompiIntegritySecret}"
        );
        var wanted = new WompiWanted(
            acceptance,
            merchant.Data.PresignedPersonalDataAuth?.AcceptanceToken,
            amount.Amount,
            amount.Currency,
            options.WompiEmail,
            new WompiMethod(Method, "PERSON", "Private call", options.ReturnTo(order)),
            order.PaymentId,
            WompiSignature.Of(signed),
            options.ReturnTo(order)
        );
        var (made, answer) = await SendAsync(
            PaymentHttp.Post(At("v1/transactions"), options.WompiPrivateKey, wanted, WompiJson.Default.WompiWanted),
            WompiJson.Default.WompiAnswer
        );
        return answer?.Data is { } transaction ? transaction
            // The reference is taken: by an earlier try of ours, whose answer was lost.
            : made == 422 ? await FindAsync(order)
            : made is >= 400 and < 500 and not (401 or 403 or 408 or 429) ? null
            : throw new WompiUnansweredException(made);
    }

    private async Task<WompiTransaction?> FindAsync(PaymentOrder order)
    {
        var (status, found) = await SendAsync(
            PaymentHttp.Get(
                At($"v1/transactions?reference={Uri.EscapeDataString(order.PaymentId)}"),
                options.WompiPrivateKey
            ),
            WompiJson.Default.WompiListAnswer
        );
        return found?.Data is { } list
            ? list.FirstOrDefault(one => one.Reference == order.PaymentId)
            : throw new WompiUnansweredException(status);
    }

    private async Task<WompiTransaction> GetAsync(string id)
    {
        var (status, answer) = await SendAsync(
            PaymentHttp.Get(At($"v1/transactions/{Uri.EscapeDataString(id)}"), options.WompiPrivateKey),
            WompiJson.Default.WompiAnswer
        );
        return answer?.Data ?? throw new WompiUnansweredException(status);
    }

    private Uri At(string path) => new(options.WompiAddress, path);

    private async Task<(int Status, T? Body)> SendAsync<T>(
        HttpRequestMessage request,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract
    )
        where T : class
    {
        using (request)
        {
            return await clients.CreateClient(Name).SendAsync(request, contract);
        }
    }

    private sealed class WompiUnansweredException(int status) : Exception($"Wompi answered {status}.");
}
