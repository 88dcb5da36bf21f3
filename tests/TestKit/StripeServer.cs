using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.TestKit;

/// <summary>Stripe's Checkout and refunds, form-encoded and with idempotency keys that come with one body.</summary>
public sealed class StripeServer : ProviderServer
{
    public const string Key = "sk_test_stand_in";
    public const string Secret = "whsec_stand_in_secret";

    private readonly Dictionary<string, (string Form, JsonObject Answer)> _keys = [];
    private readonly Lock _gate = new();

    /// <summary>Refunds that were really made.</summary>
    public int RefundsMade { get; private set; }

    /// <summary>A day has passed.</summary>
    public void ForgetKeys()
    {
        lock (_gate)
        {
            _keys.Clear();
        }
    }

    public static async Task<StripeServer> CreateAsync()
    {
        var server = new StripeServer();
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
        var session = SessionOf(payment);
        session["amount_total"] = amount ?? payment.Amount;
        session["currency"] = (currency ?? payment.Currency).ToLowerInvariant();
        session["payment_status"] = kind == "paid" ? "paid" : "unpaid";
        var body = new JsonObject
        {
            ["id"] = eventId,
            ["object"] = "event",
            ["api_version"] = "2026-01-01",
            ["created"] = at.ToUnixTimeSeconds(),
            ["type"] = kind switch
            {
                "paid" => "checkout.session.completed",
                "declined" => "checkout.session.async_payment_failed",
                _ => "checkout.session.expired",
            },
            ["data"] = new JsonObject { ["object"] = session },
        }.ToJsonString();
        return (body, Sign(Secret, at, body));
    }

    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        var stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sum = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}"));
        return $"t={stamp},v1={Convert.ToHexStringLower(sum)}";
    }

    protected override void Map()
    {
        On("POST", "/v1/checkout/sessions", http => KeyedAsync(http, Open));
        On("GET", "/v1/checkout/sessions/{id}", http => Task.FromResult(Find(http)));
        On("POST", "/v1/checkout/sessions/{id}/expire", http => Task.FromResult(Expire(http)));
        On("POST", "/v1/refunds", http => KeyedAsync(http, Refund));
        On("GET", "/v1/refunds", http => Task.FromResult(List(http)));
    }

    private async Task<(int, JsonNode)> KeyedAsync(HttpContext http, Func<IFormCollection, (int, JsonObject)> act)
    {
        if (http.Request.Headers.Authorization != $"Bearer {Key}")
        {
            return (401, Error("invalid_api_key"));
        }
        var form = await http.Request.ReadFormAsync();
        var text = string.Join('&', form.OrderBy(static one => one.Key).Select(static one => $"{one.Key}={one.Value}"));
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        lock (_gate)
        {
            if (_keys.TryGetValue(key, out var known))
            {
                return known.Form == text ? (200, known.Answer.DeepClone()) : (400, Error("idempotency_key_in_use"));
            }
            var (status, answer) = act(form);
            if (status == 200)
            {
                _keys[key] = (text, answer.DeepClone().AsObject());
            }
            return (status, answer);
        }
    }

    private (int, JsonObject) Open(IFormCollection form)
    {
        var payment = new ProviderPayment(
            $"cs_test_{Payments.Count + 1}",
            form["client_reference_id"]!,
            long.Parse(form["line_items[0][price_data][unit_amount]"]!, CultureInfo.InvariantCulture),
            form["line_items[0][price_data][currency]"].ToString().ToUpperInvariant()
        );
        Payments[payment.PaymentId] = payment;
        return (200, SessionOf(payment));
    }

    private (int, JsonNode) Find(HttpContext http) =>
        Of(http) is { } payment ? (200, SessionOf(payment)) : (404, Error("resource_missing"));

    private (int, JsonNode) Expire(HttpContext http)
    {
        if (Of(http) is not { } payment)
        {
            return (404, Error("resource_missing"));
        }
        if (payment.Status != "open")
        {
            return (400, Error("session_not_open"));
        }
        payment.Status = "expired";
        return (200, SessionOf(payment));
    }

    private (int, JsonObject) Refund(IFormCollection form)
    {
        var intent = form["payment_intent"].ToString();
        var amount = long.Parse(form["amount"]!, CultureInfo.InvariantCulture);
        var payment = Payments.Values.FirstOrDefault(one => IntentOf(one) == intent);
        if (payment is null || payment.Refunds.Values.Sum() + amount > payment.Amount)
        {
            return (400, Error("charge_already_refunded").AsObject());
        }
        var key = form["metadata[refund_key]"].ToString();
        payment.Refunds[key] = amount;
        RefundsMade++;
        return (200, RefundOf(payment, key));
    }

    private (int, JsonNode) List(HttpContext http)
    {
        var intent = http.Request.Query["payment_intent"].ToString();
        var found = Payments.Values.FirstOrDefault(one => IntentOf(one) == intent);
        JsonNode[] refunds = found is null ? [] : [.. found.Refunds.Keys.Select(key => RefundOf(found, key))];
        return (
            200,
            new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray(refunds),
                ["has_more"] = false,
            }
        );
    }

    private ProviderPayment? Of(HttpContext http) =>
        Payments.Values.FirstOrDefault(one => one.SessionId == http.Request.RouteValues["id"] as string);

    private static string IntentOf(ProviderPayment payment) => $"pi_{payment.SessionId}";

    private static JsonObject SessionOf(ProviderPayment payment) =>
        new()
        {
            ["id"] = payment.SessionId,
            ["object"] = "checkout.session",
            ["client_reference_id"] = payment.PaymentId,
            ["amount_total"] = payment.Amount,
            ["currency"] = payment.Currency.ToLowerInvariant(),
            ["payment_intent"] = IntentOf(payment),
            ["payment_status"] = payment.Status == "paid" ? "paid" : "unpaid",
            ["status"] = payment.Status switch
            {
                "paid" => "complete",
                "expired" => "expired",
                _ => "open",
            },
            ["url"] = $"https://checkout.stripe.example/{payment.SessionId}",
        };

    private static JsonObject RefundOf(ProviderPayment payment, string key) =>
        new()
        {
            ["id"] = $"re_{key}",
            ["object"] = "refund",
            ["amount"] = payment.Refunds[key],
            ["status"] = "succeeded",
            ["payment_intent"] = IntentOf(payment),
            ["metadata"] = new JsonObject { ["refund_key"] = key, ["payment_id"] = payment.PaymentId },
        };

    private static JsonObject Error(string code) =>
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = "invalid_request_error",
                ["code"] = code,
                ["message"] = code,
            },
        };
}
