using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Grains.Texts;

namespace Actors.Grains.Templates;

/// <summary>What is known about model and user when a message is asked for; null could not be reached or was not asked.</summary>
public sealed record MessageFacts(MoodView? Mood, ModelProfile? Model, UserProfile? User, DateTimeOffset Now)
{
    private const string Utc = "UTC";

    /// <summary>What the catalog is asked: the caller's values first, and what is known for the rest.</summary>
    public RenderTemplate Complete(RenderMessage query)
    {
        var mood = Mood?.MoodState ?? MoodState.Neutral;
        var tier = query.Tier ?? User?.LoyaltyTier;
        var (time, date) = MomentText.Of(Now, User?.TimeZone ?? Utc, User?.Language ?? Languages.English);
        var given = query.Values;
        var values = given with
        {
            // Who cannot be reached is called by the id, as somebody without a display name is.
            UserName = Given(given.UserName) ?? User?.DisplayName ?? query.UserId?.Value,
            ModelName = Given(given.ModelName) ?? Model?.DisplayName ?? query.ModelId.Value,
            Mood = Given(given.Mood) ?? NameOf(mood),
            Tier = Given(given.Tier) ?? (tier is { } known ? NameOf(known) : null),
            CustomMessage = given.CustomMessage ?? Mood?.CustomMessage,
            Time = Given(given.Time) ?? time,
            Date = Given(given.Date) ?? date,
        };
        return new RenderTemplate(new MatchTemplate(mood, query.TemplateType, tier, query.UserId?.Value), values);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string NameOf(MoodState mood) =>
        mood switch
        {
            MoodState.Positive => "positive",
            MoodState.Negative => "negative",
            _ => "neutral",
        };

    private static string NameOf(LoyaltyTier tier) =>
        tier switch
        {
            LoyaltyTier.Bronze => "bronze",
            LoyaltyTier.Silver => "silver",
            LoyaltyTier.Gold => "gold",
            LoyaltyTier.Platinum => "platinum",
            _ => "free",
        };
}
