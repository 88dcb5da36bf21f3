using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Bots;

/// <summary>One chat with our bot on Telegram: whose it is, and which updates it has dealt with. The key is the chat's number.</summary>
[Alias("ITelegramChatGrain")]
public interface ITelegramChatGrain : IGrainWithStringKey
{
    /// <summary>Who may deal with an update: one at a time, and nobody any more once <see cref="End"/> was told.</summary>
    ValueTask<TelegramTurn> Begin(long updateId);

    /// <summary>The update is dealt with for good.</summary>
    Task End(long updateId);

    /// <summary>It could not be dealt with; whoever comes next may.</summary>
    ValueTask GiveUp(long updateId);

    /// <summary>The chat is this person's from here on.</summary>
    Task Link(string personId);

    /// <summary>The chat is nobody's; unlinking again changes nothing.</summary>
    Task Unlink();

    [ReadOnly]
    ValueTask<string?> Person();
}

public enum TelegramTurn
{
    Mine,

    /// <summary>Somebody deals with it at this moment.</summary>
    Busy,

    Done,
}

/// <summary>A code that links a chat to a person, once. The key is the code's digest: the code itself is not kept.</summary>
[Alias("ITelegramCodeGrain")]
public interface ITelegramCodeGrain : IGrainWithStringKey
{
    Task Issue(string personId, DateTimeOffset expiresAt);

    /// <summary>Whose the code is, for the first chat that brings it in time; null for all others.</summary>
    Task<string?> Redeem(string chatId);
}
