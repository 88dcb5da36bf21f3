using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Bots;

[Settings("Telegram", HidesValues = true)]
internal sealed record TelegramOptions : IValidatableObject
{
    private const int LeastSecretLength = 16;

    [Setting("The bot's token from BotFather; without one there is no Telegram.", IsSecret = true)]
    public string Token { get; init; } = "";

    [Setting("What Telegram sends in X-Telegram-Bot-Api-Secret-Token; required with a token.", IsSecret = true)]
    public string WebhookSecret { get; init; } = "";

    [Setting("The bot's user name, for links to it; required with a token.")]
    public string BotName { get; init; } = "";

    [Setting("Where Telegram's Bot API is reached.")]
    public Uri Address { get; init; } = new("https://api.telegram.org");

    [Setting("Seconds that Telegram may take to answer."), Range(0.1, 30.0)]
    public double TimeoutSeconds { get; init; } = 10;

    public bool IsOn => Token.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && WebhookSecret.Length < LeastSecretLength)
        {
            yield return new ValidationResult("has at least 16 characters.", [nameof(WebhookSecret)]);
        }
        if (IsOn && BotName.Length == 0)
        {
            yield return new ValidationResult("is required with a token.", [nameof(BotName)]);
        }
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => $"Telegram as {BotName}";
}
