using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.TestKit;

/// <summary>Daimo's sessions, which cannot be closed, and its signed events.</summary>
public sealed class DaimoServer : ProviderServer
{
    public const string Key = "daimo-stand-in";
    public const string Secret = "daimo-webhook-secret";

    public static async Task<DaimoServer> CreateAsync()
    {
        var server = new DaimoServer();
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
        var session = SessionOf(Payments[paymentId], kind == "paid" ? "succeeded" : "bounced", amount);
        var body = new JsonObject
        {
            ["id"] = eventId,
            ["type"] = kind == "paid" ? "session.succeeded" : "session.bounced",
            ["createdAt"] = at.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["session"] = session },
        }.ToJsonString();
        return (body, StripeServer.Sign(Secret, at, body));
    }

    protected override void Map()
    {
        On("POST", "/v1/sessions", OpenAsync);
        On("GET", "/v1/sessions/{id}", http => Task.FromResult(Find(http)));
    }

    private async Task<(int, JsonNode)> OpenAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (http.Request.Headers.Authorization != $"Bearer {Key}")
        {
            return (401, new JsonObject { ["error"] = "unauthorized" });
        }
        var id = body["metadata"]!["paymentId"]!.GetValue<string>();
        var units = decimal.Parse(
            body["destination"]!["amountUnits"]!.GetValue<string>(),
            CultureInfo.InvariantCulture
        );
        var payment = Payments.GetOrAdd(
            id,
            static (one, amount) => new ProviderPayment($"session-{one}", one, amount, "USDC"),
            (long)(units * 1_000_000)
        );
        return (200, new JsonObject { ["session"] = SessionOf(payment, null, null) });
    }

    private (int, JsonNode) Find(HttpContext http) =>
        Payments.Values.FirstOrDefault(one => one.SessionId == http.Request.RouteValues["id"] as string) is { } payment
            ? (200, new JsonObject { ["session"] = SessionOf(payment, null, null) })
            : (404, new JsonObject { ["error"] = "not found" });

    private static JsonObject SessionOf(ProviderPayment payment, string? status, long? amount) =>
        new()
        {
            ["sessionId"] = payment.SessionId,
            ["status"] =
                status
                ?? payment.Status switch
                {
                    "paid" => "succeeded",
                    "declined" => "bounced",
                    "expired" => "expired",
                    _ => "waiting_payment",
                },
            ["url"] = $"https://pay.daimo.example/{payment.SessionId}",
            ["destination"] = new JsonObject
            {
                ["amountUnits"] = ((amount ?? payment.Amount) / 1_000_000m).ToString(CultureInfo.InvariantCulture),
                ["delivery"] = new JsonObject { ["txHash"] = $"0x{payment.SessionId}" },
            },
            ["metadata"] = new JsonObject { ["paymentId"] = payment.PaymentId },
        };
}
