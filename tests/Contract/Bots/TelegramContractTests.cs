using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Bots;

/// <summary>The adapter against a stand-in for Telegram that speaks its wire format and refuses what Telegram refuses.</summary>
[Trait("Spec", "BO-12")]
public sealed class TelegramContractTests : IAsyncLifetime
{
    private const long Chat = 4_242;

    private TelegramServer _telegram = null!;
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _telegram = await TelegramServer.StartAsync();
        _server = await ApiServer.Start([
            $"--Telegram:Token={TelegramServer.Token}",
            $"--Telegram:WebhookSecret={TelegramServer.Secret}",
            $"--Telegram:BotName={TelegramServer.BotName}",
            $"--Telegram:Address={_telegram.Address}",
        ]);
        await _server
            .As("admin", "root")
            .Put("/api/v1/admin/users/bo", """{"ageVerified":true,"prime":true,"language":"es"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _telegram.DisposeAsync();
    }

    [Fact]
    public async Task A_code_links_one_chat_once_and_its_buttons_drive_the_screens()
    {
        var link = (await _server.As("user", "bo").Post("/api/v1/me/telegram")).ShouldBe(200)["url"]!;
        Assert.StartsWith($"https://t.me/{TelegramServer.BotName}?start=", link, StringComparison.Ordinal);
        var code = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];

        (await SendAsync(_telegram.Write(Chat, "hello"))).ShouldBe(200);
        Assert.StartsWith("I do not know you yet", _telegram.Screen(Chat).Text, StringComparison.Ordinal);
        (await SendAsync(_telegram.Write(Chat, $"/start {code}"))).ShouldBe(200);
        Assert.StartsWith("Tu chat está vinculado", _telegram.Screen(Chat).Text, StringComparison.Ordinal);

        // Somebody who has seen the code is not let in by it.
        await SendAsync(_telegram.Write(Chat + 1, $"/start {code}", "es"));
        Assert.StartsWith("Lo sentimos", _telegram.Screen(Chat + 1).Text, StringComparison.Ordinal);

        var entry = _telegram.Screen(Chat).Buttons[0];
        Assert.Equal("📞 Reservar una llamada privada", entry.Label);
        await SendAsync(_telegram.Press(Chat, entry.Id));
        Assert.Equal("editMessageText", _telegram.Screen(Chat).Method);
        Assert.Contains("nadie recibe llamadas", _telegram.Screen(Chat).Text, StringComparison.Ordinal);
        Assert.Equal("answerCallbackQuery", _telegram.Calls[^1].Method);

        await SendAsync(_telegram.Write(Chat, "/stop"));
        await SendAsync(_telegram.Write(Chat, "hello"));
        Assert.StartsWith("I do not know you yet", _telegram.Screen(Chat).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_counts_once_however_often_it_comes_and_again_when_telegram_was_away()
    {
        var update = _telegram.Write(Chat, "hello");
        _telegram.IsAway = true;
        Assert.NotEqual(200, (await SendAsync(update)).Status);
        _telegram.IsAway = false;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(update)));
        Assert.All(answers, static answer => Assert.Contains(answer.Status, (int[])[200, 503]));
        (await SendAsync(update)).ShouldBe(200);

        Assert.Single(_telegram.Calls, static call => call.Method == "sendMessage");
    }

    [Fact]
    public async Task Only_telegram_gets_in_and_groups_are_not_answered()
    {
        var update = _telegram.Write(Chat, "hello");

        (await SendAsync(update, null)).ShouldRefuse(404, "NOT_FOUND");
        (await SendAsync(update, "secret-of-somebody-else-altogether")).ShouldRefuse(404, "NOT_FOUND");
        (await SendAsync("no update")).ShouldRefuse(400, "INVALID_REQUEST");
        (await SendAsync("null")).ShouldRefuse(400, "INVALID_REQUEST");
        (await SendAsync(_telegram.Write(-77, "hello", type: "group"))).ShouldBe(200);
        (await SendAsync("""{"update_id":5}""")).ShouldBe(200);

        Assert.Empty(_telegram.Calls);
    }

    [Fact]
    public async Task Without_a_token_there_is_no_telegram()
    {
        await using var server = await ApiServer.Start();

        (await server.As("user", "bo").Post("/api/v1/me/telegram")).ShouldRefuse(404, "NOT_FOUND");
        (await server.AsNobody().Post("/webhooks/telegram", "{}")).ShouldRefuse(404, "NOT_FOUND");
    }

    private Task<Answer> SendAsync(string update, string? secret = TelegramServer.Secret) =>
        _server
            .AsNobody()
            .Send(
                HttpMethod.Post,
                "/webhooks/telegram",
                update,
                change: request =>
                {
                    if (secret is not null)
                    {
                        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
                    }
                }
            );
}
