using System.Text.Json.Nodes;
using Actors.TestKit;

namespace Actors.Contract.Tests.Payments;

/// <summary>What the sandbox would post from outside, signed with the secret of the settings.</summary>
internal static class SandboxEvents
{
    public const string Secret = "the sandbox's own secret";

    public static (string Body, string Signature) Of(
        string paymentId,
        string kind,
        DateTimeOffset at,
        string eventId,
        long amount
    )
    {
        var body = new JsonObject
        {
            ["id"] = eventId,
            ["type"] = kind == "paid" ? "Paid" : "Declined",
            ["paymentId"] = paymentId,
            ["currency"] = "USD",
            ["amount"] = amount,
            ["reference"] = $"sandbox_{paymentId}_1",
        }.ToJsonString();
        return (body, StripeServer.Sign(Secret, at, body));
    }
}
