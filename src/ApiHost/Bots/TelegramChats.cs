using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types.ReplyMarkups;

namespace Actors.ApiHost.Bots;

/// <summary>Shows screens in chats of Telegram.</summary>
internal sealed partial class TelegramChats : IDisposable
{
    private const int NothingLeft = 500;

    private readonly HttpClient _http;
    private readonly Lazy<TelegramBotClient> _bot;
    private readonly ILogger<TelegramChats> _logger;

    public TelegramChats(TelegramOptions options, ILogger<TelegramChats> logger)
    {
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) };
        // Without a token there is no client, and nobody asks for one.
        _bot = new Lazy<TelegramBotClient>(() =>
            new TelegramBotClient(
                new TelegramBotClientOptions(options.Token, options.Address.AbsoluteUri.TrimEnd('/')),
                _http
            )
        );
        _logger = logger;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>In a message of its own.</summary>
    public Task SendAsync(long chatId, BotScreen screen, CancellationToken cancellation) =>
        UnlessRefusedAsync(() =>
            _bot.Value.SendMessage(chatId, screen.Text, replyMarkup: Keyboard(screen), cancellationToken: cancellation)
        );

    /// <summary>In place of the screen whose button was pressed.</summary>
    public async Task ReplaceAsync(
        long chatId,
        int messageId,
        string queryId,
        BotScreen screen,
        CancellationToken cancellation
    )
    {
        await UnlessRefusedAsync(() =>
            _bot.Value.EditMessageText(
                chatId,
                messageId,
                screen.Text,
                replyMarkup: Keyboard(screen),
                cancellationToken: cancellation
            )
        );
        await UnlessRefusedAsync(() => _bot.Value.AnswerCallbackQuery(queryId, cancellationToken: cancellation));
    }

    /// <summary>What Telegram refuses it refuses again: the chat is gone, or shows the very same already.</summary>
    private async Task UnlessRefusedAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is >= 400 and < NothingLeft and not 429)
        {
            LogRefused(_logger, refused.ErrorCode, refused.Message);
        }
    }

    private static InlineKeyboardMarkup Keyboard(BotScreen screen) =>
        new(screen.Buttons.Select(static one => new[] { InlineKeyboardButton.WithCallbackData(one.Label, one.Id) }));

    [LoggerMessage(Level = LogLevel.Information, Message = "Telegram refused a screen with {Code}: {Reason}")]
    private static partial void LogRefused(ILogger logger, int code, string reason);
}
