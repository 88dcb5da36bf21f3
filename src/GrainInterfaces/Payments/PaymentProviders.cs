namespace Actors.GrainInterfaces.Payments;

/// <summary>The names of all providers there are; settings say which of them take part.</summary>
public static class PaymentProviders
{
    public const string Tokens = "tokens";
    public const string Sandbox = "sandbox";
    public const string Stripe = "stripe";
    public const string Daimo = "daimo";
    public const string Wompi = "wompi";

    public static readonly IReadOnlyList<string> All = [Tokens, Sandbox, Stripe, Daimo, Wompi];

    /// <summary>Those that take part where the settings do not say.</summary>
    public const string Default = $"{Tokens},{Sandbox}";

    /// <summary>Those that call us.</summary>
    public static readonly IReadOnlyList<string> WithWebhooks = [Sandbox, Stripe, Daimo, Wompi];

    /// <summary>Names as settings give them, with commas between.</summary>
    public static string[] Listed(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
