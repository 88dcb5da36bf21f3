using System.ComponentModel.DataAnnotations;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Hosting;

namespace Actors.Grains.Payments;

[Settings("Payments", HidesValues = true)]
public sealed record PaymentOptions : IValidatableObject
{
    private const int LeastSecretLength = 16;

    [Setting("How people can pay: some of tokens, sandbox, stripe, daimo, wompi, with commas between.")]
    public string Providers { get; init; } = PaymentProviders.Default;

    [Setting(
        "The address under which browsers reach this platform; required for stripe, daimo and wompi, which send people back to it.",
        Otherwise = "none, and links of the sandbox are paths"
    )]
    public Uri? PublicAddress { get; init; }

    [Setting("Seconds that a provider may take to answer."), Range(0.1, 9.0)]
    public double TimeoutSeconds { get; init; } = 4;

    [Setting("Currency in which the sandbox asks for prices in tokens.")]
    [RegularExpression("^[A-Z]{3,5}$", ErrorMessage = "is a code of 3 to 5 capital letters")]
    public string SandboxCurrency { get; init; } = "USD";

    [Setting("Signs what is posted as the sandbox's; without it nothing is taken from outside.", Otherwise = "none")]
    [MinLength(LeastSecretLength, ErrorMessage = "has at least 16 characters")]
    public string? SandboxSecret { get; init; }

    [Setting("Where Stripe is reached: https, or http on this machine.")]
    public Uri StripeAddress { get; init; } = new("https://api.stripe.com/");

    [Setting("Stripe's secret key; required for stripe.")]
    public string StripeKey { get; init; } = "";

    [Setting("Signing secrets of the webhook at Stripe, with commas between; required for stripe.")]
    public string StripeWebhookSecrets { get; init; } = "";

    [Setting("Currency in which Stripe asks for prices in tokens.")]
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "is a code of 3 capital letters")]
    public string StripeCurrency { get; init; } = "USD";

    [Setting("Where Daimo is reached: https, or http on this machine.")]
    public Uri DaimoAddress { get; init; } = new("https://api.daimo.com/");

    [Setting("Daimo's key; required for daimo.")]
    public string DaimoKey { get; init; } = "";

    [Setting("Signing secrets of the webhook at Daimo, with commas between; required for daimo.")]
    public string DaimoWebhookSecrets { get; init; } = "";

    [Setting("The chain's address that USDC is sent to; required for daimo.")]
    [RegularExpression("^(0x[0-9a-fA-F]{40})?$", ErrorMessage = "is 0x and 40 hexadecimal digits")]
    public string DaimoDestination { get; init; } = "";

    [Setting("Where Wompi is reached: https, or http on this machine.")]
    public Uri WompiAddress { get; init; } = new("https://production.wompi.co/");

    [Setting("Wompi's public key, which asks for the acceptance token; required for wompi.")]
    public string WompiPublicKey { get; init; } = "";

    [Setting("Wompi's private key; required for wompi.")]
    public string WompiPrivateKey { get; init; } = "";

    [Setting("Wompi's integrity secret; required for wompi.")]
    public string WompiIntegritySecret { get; init; } = "";

    [Setting("Wompi's secrets of events, with commas between; required for wompi.")]
    public string WompiEventsSecrets { get; init; } = "";

    [Setting("The e-mail address that Wompi is given for receipts: the platform's own; required for wompi.")]
    public string WompiEmail { get; init; } = "";

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    private string[] Names => PaymentProviders.Listed(Providers);

    public bool Offers(string provider) => Names.Contains(provider);

    /// <summary>Secrets: several while one takes the place of another.</summary>
    public static string[] Listed(string text) => PaymentProviders.Listed(text);

    /// <summary>Where a person comes back to after paying.</summary>
    internal string ReturnTo(PaymentOrder order) =>
        new Uri(PublicAddress!, $"/api/v1/bookings/{Uri.EscapeDataString(order.BookingId)}").ToString();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Names is [] || Names.Except(PaymentProviders.All).Any())
        {
            yield return Wrong(nameof(Providers), $"names some of {string.Join(", ", PaymentProviders.All)}.");
        }
        if (PublicAddress is { } address && !IsSafe(address))
        {
            yield return Wrong(nameof(PublicAddress), "is an https address.");
        }
        foreach (var (name, at) in Addresses().Where(static one => !IsSafe(one.Address)))
        {
            yield return Wrong(name, "is an https address.");
        }
        foreach (var (provider, name, text) in Required().Where(one => Offers(one.Provider) && one.Text.Length == 0))
        {
            yield return Wrong(name, $"is required for {provider}.");
        }
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => $"{nameof(PaymentOptions)} {Providers}";

    private IEnumerable<(string Name, Uri Address)> Addresses() =>
        [
            (nameof(StripeAddress), StripeAddress),
            (nameof(DaimoAddress), DaimoAddress),
            (nameof(WompiAddress), WompiAddress),
        ];

    private IEnumerable<(string Provider, string Name, string Text)> Required()
    {
        var address = PublicAddress?.ToString() ?? "";
        return
        [
            (PaymentProviders.Stripe, nameof(PublicAddress), address),
            (PaymentProviders.Daimo, nameof(PublicAddress), address),
            (PaymentProviders.Wompi, nameof(PublicAddress), address),
            (PaymentProviders.Stripe, nameof(StripeKey), StripeKey),
            (PaymentProviders.Stripe, nameof(StripeWebhookSecrets), StripeWebhookSecrets),
            (PaymentProviders.Daimo, nameof(DaimoKey), DaimoKey),
            (PaymentProviders.Daimo, nameof(DaimoWebhookSecrets), DaimoWebhookSecrets),
            (PaymentProviders.Daimo, nameof(DaimoDestination), DaimoDestination),
            (PaymentProviders.Wompi, nameof(WompiPublicKey), WompiPublicKey),
            (PaymentProviders.Wompi, nameof(WompiPrivateKey), WompiPrivateKey),
            (PaymentProviders.Wompi, nameof(WompiIntegritySecret), WompiIntegritySecret),
            (PaymentProviders.Wompi, nameof(WompiEventsSecrets), WompiEventsSecrets),
            (PaymentProviders.Wompi, nameof(WompiEmail), WompiEmail),
        ];
    }

    private static ValidationResult Wrong(string name, string rule) => new(rule, [name]);

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}

/// <summary>What a token costs outside, in a currency's smallest unit.</summary>
[Settings("Payments:MinorUnitsPerToken")]
public sealed record TokenPrices
{
    [Setting("Cents of a dollar for a token."), Range(1, 1_000_000)]
    public int USD { get; init; } = 1;

    [Setting("Centavos of a Colombian peso for a token."), Range(1, 1_000_000_000)]
    public int COP { get; init; } = 4_000;

    [Setting("Millionths of a USDC for a token."), Range(1, 1_000_000_000)]
    public int USDC { get; init; } = 10_000;

    /// <summary>Null where prices in tokens cannot be paid in the currency.</summary>
    public long? In(string currency) =>
        currency switch
        {
            nameof(USD) => USD,
            nameof(COP) => COP,
            nameof(USDC) => USDC,
            _ => null,
        };
}
