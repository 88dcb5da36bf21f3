using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.TestKit;

/// <summary>Wompi's transactions: a reference is taken once, amounts are signed, and events sign what they name themselves.</summary>
public sealed class WompiServer : ProviderServer
{
    public const string PublicKey = "pub_stand_in";
    public const string PrivateKey = "prv_stand_in";
    public const string IntegritySecret = "integrity-secret";
    public const string EventsSecret = "events-secret";

    public static async Task<WompiServer> CreateAsync()
    {
        var server = new WompiServer();
        await server.StartAsync();
        return server;
    }

    public override (string Body, string Signature) EventOf(
        string paymentId,
        string kind,
        DateTimeOffset at,
        string eventId,
        long? amount = null,
        string? currency = null
    )
    {
        var payment = Payments[paymentId];
        var (status, cents) = (kind == "paid" ? "APPROVED" : "DECLINED", amount ?? payment.Amount);
        var stamp = at.ToUnixTimeSeconds();
        var sum = Sum(
            string.Create(CultureInfo.InvariantCulture, $"{payment.SessionId}{status}{cents}{stamp}{EventsSecret}")
        );
        var transaction = Of(payment, status);
        transaction["amount_in_cents"] = cents;
        var body = new JsonObject
        {
            ["event"] = "transaction.updated",
            ["data"] = new JsonObject { ["transaction"] = transaction },
            ["signature"] = new JsonObject
            {
                ["properties"] = new JsonArray("transaction.id", "transaction.status", "transaction.amount_in_cents"),
                ["checksum"] = sum,
            },
            ["timestamp"] = stamp,
        }.ToJsonString();
        return (body, sum);
    }

    /// <summary>The same event with a signature that fits what it says now.</summary>
    public static (string Body, string Signature) Resign(string body)
    {
        var said = JsonNode.Parse(body)!;
        var transaction = said["data"]!["transaction"]!;
        var sum = Sum(
            $"{transaction["id"]}{transaction["status"]}{transaction["amount_in_cents"]}{said["timestamp"]}{EventsSecret}"
        );
        said["signature"]!["checksum"] = sum;
        return (said.ToJsonString(), sum);
    }

    protected override void Map()
    {
        On("GET", "/v1/merchants/{key}", _ => Task.FromResult<(int, JsonNode)>((200, Merchant())));
        On("POST", "/v1/transactions", MakeAsync);
        On("GET", "/v1/transactions", http => Task.FromResult(List(http)));
        On("GET", "/v1/transactions/{id}", http => Task.FromResult(Find(http)));
    }

    private static JsonObject Merchant() =>
        new()
        {
            ["data"] = new JsonObject
            {
                ["presigned_acceptance"] = new JsonObject { ["acceptance_token"] = "accepted" },
                ["presigned_personal_data_auth"] = new JsonObject { ["acceptance_token"] = "accepted-too" },
            },
        };

    private async Task<(int, JsonNode)> MakeAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        var (reference, cents, currency) = (
            body["reference"]!.GetValue<string>(),
            body["amount_in_cents"]!.GetValue<long>(),
            body["currency"]!.GetValue<string>()
        );
        var signature = Sum(
            string.Create(CultureInfo.InvariantCulture, $"{reference}{cents}{currency}{IntegritySecret}")
        );
        if (
            http.Request.Headers.Authorization != $"Bearer {PrivateKey}"
            || body["acceptance_token"]!.GetValue<string>() != "accepted"
            || body["signature"]!.GetValue<string>() != signature
        )
        {
            return (403, new JsonObject { ["error"] = "signature" });
        }
        var payment = new ProviderPayment($"11-{reference}", reference, cents, currency);
        return Payments.TryAdd(reference, payment)
            // The bank's page is not known yet: it is there when one looks again.
            ? (201, new JsonObject { ["data"] = Of(payment, "PENDING", withLink: false) })
            : (422, new JsonObject { ["error"] = "reference taken" });
    }

    private (int, JsonNode) List(HttpContext http)
    {
        var reference = http.Request.Query["reference"].ToString();
        JsonNode[] found = Payments.TryGetValue(reference, out var payment) ? [Of(payment)] : [];
        return (200, new JsonObject { ["data"] = new JsonArray(found) });
    }

    private (int, JsonNode) Find(HttpContext http) =>
        Payments.Values.FirstOrDefault(one => one.SessionId == http.Request.RouteValues["id"] as string) is { } payment
            ? (200, new JsonObject { ["data"] = Of(payment) })
            : (404, new JsonObject { ["error"] = "not found" });

    private static JsonObject Of(ProviderPayment payment, string? status = null, bool withLink = true) =>
        new()
        {
            ["id"] = payment.SessionId,
            ["reference"] = payment.PaymentId,
            ["amount_in_cents"] = payment.Amount,
            ["currency"] = payment.Currency,
            ["status"] =
                status
                ?? payment.Status switch
                {
                    "paid" => "APPROVED",
                    "declined" => "DECLINED",
                    _ => "PENDING",
                },
            ["payment_method"] = new JsonObject
            {
                ["type"] = "BANCOLOMBIA_TRANSFER",
                ["extra"] = withLink
                    ? new JsonObject { ["async_payment_url"] = $"https://bank.example/{payment.SessionId}" }
                    : new JsonObject(),
            },
        };

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
