using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Grains.Bots;

/// <param name="Handled">Updates that were dealt with, the newest last.</param>
public sealed record TelegramChat(string? PersonId, ImmutableArray<long> Handled)
{
    public static readonly TelegramChat Unknown = new(null, []);

    /// <summary>More than Telegram sends again of one chat.</summary>
    private const int MostHandled = 100;

    public static TelegramChat Evolve(TelegramChat chat, TelegramChatEvent @event) =>
        @event switch
        {
            TelegramUpdateHandled handled => chat with
            {
                Handled = (chat.Handled.Length < MostHandled ? chat.Handled : chat.Handled.RemoveAt(0)).Add(
                    handled.UpdateId
                ),
            },
            TelegramChatLinked linked => chat with { PersonId = linked.PersonId },
            TelegramChatUnlinked => chat with { PersonId = null },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TelegramUpdateHandled), "telegram-chat.update-handled.v1")]
[JsonDerivedType(typeof(TelegramChatLinked), "telegram-chat.linked.v1")]
[JsonDerivedType(typeof(TelegramChatUnlinked), "telegram-chat.unlinked.v1")]
public abstract record TelegramChatEvent(DateTimeOffset At);

public sealed record TelegramUpdateHandled(DateTimeOffset At, long UpdateId) : TelegramChatEvent(At);

public sealed record TelegramChatLinked(DateTimeOffset At, string PersonId) : TelegramChatEvent(At);

public sealed record TelegramChatUnlinked(DateTimeOffset At) : TelegramChatEvent(At);

/// <param name="PersonId">Null until it is issued.</param>
/// <param name="ChatId">Which chat has used it; null while none has.</param>
public sealed record TelegramCode(string? PersonId, DateTimeOffset ExpiresAt, string? ChatId)
{
    public static readonly TelegramCode None = new(null, default, null);

    public static TelegramCode Evolve(TelegramCode code, TelegramCodeEvent @event) =>
        @event switch
        {
            TelegramCodeIssued issued => new TelegramCode(issued.PersonId, issued.ExpiresAt, null),
            TelegramCodeRedeemed redeemed => code with { ChatId = redeemed.ChatId },
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    /// <summary>Whether a chat that has not used it may.</summary>
    public bool IsOpenAt(DateTimeOffset now) => PersonId is not null && ChatId is null && now < ExpiresAt;
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TelegramCodeIssued), "telegram-code.issued.v1")]
[JsonDerivedType(typeof(TelegramCodeRedeemed), "telegram-code.redeemed.v1")]
public abstract record TelegramCodeEvent(DateTimeOffset At);

public sealed record TelegramCodeIssued(DateTimeOffset At, string PersonId, DateTimeOffset ExpiresAt)
    : TelegramCodeEvent(At);

public sealed record TelegramCodeRedeemed(DateTimeOffset At, string ChatId) : TelegramCodeEvent(At);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(TelegramChatEvent))]
[JsonSerializable(typeof(TelegramChat))]
[JsonSerializable(typeof(TelegramCodeEvent))]
[JsonSerializable(typeof(TelegramCode))]
internal sealed partial class BotJson : JsonSerializerContext;
