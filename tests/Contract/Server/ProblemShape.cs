using System.Text.Json;

namespace Actors.Contract.Tests.Server;

/// <summary>What every error has, whoever gives it.</summary>
public static class ProblemShape
{
    private static readonly string[] Always =
    [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "error",
        "message",
        "traceId",
    ];

    private static readonly string[] ForbidWhoeverAsks =
    [
        "TERMS_NOT_ACCEPTED",
        "DEVICE_PAIRING_REFUSED",
        "TLS_REQUIRED",
        "RESTRICTED",
        "SELF_DEALING",
        "CONVERSATION_BLOCKED",
        "NOT_YOUR_MESSAGE",
        "WEBHOOK_REFUSED",
    ];

    public static void Check(Answer answer, string path)
    {
        Assert.Equal("application/problem+json", answer.MediaType);
        var members = answer.Members.ToList();
        string[] figures = answer.Error switch
        {
            "MENU_CHANGED" => ["token_value", "menu_version"],
            "ATTACHMENT_TOO_LARGE" => ["maxBytes"],
            "TOKENS_LEFT" => ["available", "held"],
            "PRIME_OR_PAYMENT_REQUIRED" => ["upgrade"],
            _ => [],
        };
        Assert.Equal([.. Always, .. figures], members.Where(member => member != "resetTime"));
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal("/errors/" + answer.Error, answer["type"]);
        Assert.Equal(answer["message"], answer["detail"]);
        Assert.Matches("^[A-Z][A-Z_]+$", answer.Error);
        Assert.Equal(path.Split('?')[0], answer["instance"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        if (answer.Status == 429)
        {
            Assert.True(answer.Json.GetProperty("resetTime").ValueKind == JsonValueKind.String);
            Assert.InRange(int.Parse(answer.Headers["Retry-After"], null), 1, 24 * 3600);
        }
        if (answer.Status is 401 or 403 && !ForbidWhoeverAsks.Contains(answer.Error))
        {
            Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
        if (answer.Status == 503)
        {
            Assert.True(answer.Headers.ContainsKey("Retry-After"));
        }
    }
}
