using System.ComponentModel.DataAnnotations;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Rooms;

[Settings("RoomWebhooks", HidesValues = true)]
internal sealed record RoomWebhookOptions : IValidatableObject
{
    [Setting(
        "The secret of the webhook at Daily, in base64.",
        Otherwise = "nothing of Daily's is believed",
        IsSecret = true
    )]
    public string? DailySecret { get; init; }

    [Setting(
        "The secret of your own room server's webhook: whsec_ and base64.",
        Otherwise = "nothing of a room server's is believed",
        IsSecret = true
    )]
    public string? ServerSecret { get; init; }

    internal byte[]? DailyKey => DailySecret is null ? null : Convert.FromBase64String(DailySecret);

    internal byte[]? ServerKey => ServerSecret is null ? null : WebhookSecret.KeyOf(ServerSecret);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DailySecret is { } daily && !IsBase64(daily))
        {
            yield return new ValidationResult("is base64.", [nameof(DailySecret)]);
        }
        if (ServerSecret is { } server && !WebhookSecret.IsValid(server))
        {
            yield return new ValidationResult("is whsec_ and base64 of at least 24 bytes.", [nameof(ServerSecret)]);
        }
    }

    /// <summary>Leaves the secrets out, so that logging cannot leak them.</summary>
    public override string ToString() => nameof(RoomWebhookOptions);

    private static bool IsBase64(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0;
}
