using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Bots;
using Actors.GrainInterfaces.Identity;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Actors.ApiHost.Bots;

/// <summary>
/// What people do in their chats with our bot: the same screens as for every bot. An update is marked as dealt with after its screen
/// was sent, so that a crash before means once more; what its button does can be done again without harm.
/// </summary>
internal sealed class TelegramUpdates(IGrainFactory grains, BotDialog dialog, TelegramChats chats)
{
    private const string StartCommand = "/start";
    private const string StopCommand = "/stop";

    /// <summary>A code is kept as its digest only.</summary>
    public static string KeyOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    /// <summary>False when somebody deals with the very same update at this moment.</summary>
    public async Task<bool> TakeAsync(Update update, CancellationToken cancellation)
    {
        if ((update.Message?.Chat ?? update.CallbackQuery?.Message?.Chat) is not { Type: ChatType.Private } chat)
        {
            // In groups others would see whom somebody talks to.
            return true;
        }
        var grain = grains.GetGrain<ITelegramChatGrain>(chat.Id.ToString(CultureInfo.InvariantCulture));
        var turn = await grain.Begin(update.Id);
        if (turn != TelegramTurn.Mine)
        {
            return turn == TelegramTurn.Done;
        }
        try
        {
            await AnswerAsync(update, chat.Id, grain, cancellation);
            await grain.End(update.Id);
            return true;
        }
        catch
        {
            await grain.GiveUp(update.Id);
            throw;
        }
    }

    private async Task AnswerAsync(Update update, long chatId, ITelegramChatGrain chat, CancellationToken cancellation)
    {
        if (update.CallbackQuery is { Message: { } shown } query)
        {
            var screen = await ReaderAsync(chat) is { } reader
                ? await dialog.PressAsync(reader, query.Data)
                : Only(BotTexts.In(query.From.LanguageCode).Say("telegram.who"));
            await chats.ReplaceAsync(chatId, shown.Id, query.Id, screen, cancellation);
        }
        else if (update.Message is { } message)
        {
            await chats.SendAsync(chatId, await ReplyAsync(message, chatId, chat), cancellation);
        }
    }

    private async Task<BotScreen> ReplyAsync(Message message, long chatId, ITelegramChatGrain chat)
    {
        var texts = BotTexts.In(message.From?.LanguageCode);
        switch (message.Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case [StartCommand, { Length: <= ButtonId.MaxLength } code]:
                var redeemer = chatId.ToString(CultureInfo.InvariantCulture);
                if (await grains.GetGrain<ITelegramCodeGrain>(KeyOf(code)).Redeem(redeemer) is not { } person)
                {
                    return Only(texts.Say("telegram.code"));
                }
                await chat.Link(person);
                return await ReaderAsync(chat) is { } linked ? Welcome(linked) : Only(texts.Say("telegram.code"));
            case [StopCommand]:
                await chat.Unlink();
                return Only(texts.Say("telegram.unlinked"));
            default:
                return await ReaderAsync(chat) is { } reader ? BotDialog.Menu(reader) : Only(texts.Say("telegram.who"));
        }
    }

    private static BotScreen Welcome(BotReader reader)
    {
        var menu = BotDialog.Menu(reader);
        return menu with { Text = $"{reader.Say("telegram.linked")}\n\n{menu.Text}" };
    }

    /// <summary>Whose the chat is; null for nobody's, and when the person is not here any more.</summary>
    private async Task<BotReader?> ReaderAsync(ITelegramChatGrain chat) =>
        await chat.Person() is { } person && await grains.GetGrain<IPersonGrain>(person).Find() == PersonKind.User
            ? new BotReader(await grains.GetGrain<IUserProfileGrain>(person).Get())
            : null;

    private static BotScreen Only(string text) => new(text, []);
}

/// <param name="ExpiresAt">Until when it can be opened.</param>
internal sealed record TelegramLinkResponse(string Url, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(TimestampConverter)]
)]
[JsonSerializable(typeof(TelegramLinkResponse))]
internal sealed partial class TelegramJson : JsonSerializerContext;
