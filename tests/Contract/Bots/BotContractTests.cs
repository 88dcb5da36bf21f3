using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Bots;

/// <summary>The way of a booking by buttons only: each test presses what the screen before offers.</summary>
public sealed class BotContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    [Fact, Trait("Spec", "BO-12")]
    public async Task The_menu_shows_gates_or_hides_the_entry()
    {
        await PersonAsync("bot-prime", """{"ageVerified":true,"prime":true}""");
        await PersonAsync("bot-free", """{"ageVerified":true,"language":"es"}""");
        await PersonAsync("bot-minor", """{"ageVerified":false}""");

        var prime = await ScreenAsync("bot-prime");
        Assert.Equal(["text", "buttons"], prime.Members);
        Assert.Equal("📞 Book a 1:1 Private Call", Buttons(prime)[0].Label);
        var free = await ScreenAsync("bot-free");
        Assert.Equal("🔒 Reservar una llamada privada", Buttons(free)[0].Label);
        Assert.Empty(Buttons(await ScreenAsync("bot-minor")));
        // Nor is there anything behind a button that somebody else was shown.
        Assert.Empty(Buttons(await PressAsync("bot-minor", "who.0")));
    }

    [Fact, Trait("Spec", "BO-12")]
    public async Task Who_is_not_prime_is_offered_the_upgrade_and_may_look()
    {
        await OpenAsync("bot-looked-at");
        await PersonAsync("bot-looker", """{"ageVerified":true,"termsAccepted":true}""");

        var offer = await PressAsync("bot-looker", Buttons(await ScreenAsync("bot-looker"))[0].Id);

        Assert.Contains("PRIME", offer["text"]);
        var performers = await PressAsync("bot-looker", Buttons(offer)[0].Id);
        Assert.Contains(Buttons(performers), static one => one.Id.StartsWith("p.", StringComparison.Ordinal));
        var rules = await RulesAsync("bot-looker", "bot-looked-at");
        Assert.Contains("PRIME", (await PressAsync("bot-looker", Buttons(rules)[0].Id))["text"]);
    }

    [Fact, Trait("Spec", "BO-12")]
    public async Task From_the_menu_to_a_paid_call_and_its_cancellation_in_spanish_and_local_time()
    {
        await OpenAsync("bot-ana");
        await PersonAsync(
            "bot-bo",
            """{"ageVerified":true,"prime":true,"termsAccepted":true,"language":"es","timeZone":"Europe/Madrid"}"""
        );
        await CreditAsync("bot-bo", 500);

        var rules = await RulesAsync("bot-bo", "bot-ana");
        Assert.Contains("Europe/Madrid", rules["text"]);
        var pay = await PressAsync("bot-bo", Buttons(rules)[0].Id);
        Assert.Equal(pay.Text, (await PressAsync("bot-bo", Buttons(rules)[0].Id)).Text);
        var tokens = Buttons(pay).Single(static one => one.Label == "Con tokens");
        var booked = await PressAsync("bot-bo", tokens.Id);
        for (var left = 50; left > 0 && !booked["text"]!.Contains('✅', StringComparison.Ordinal); left--)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            booked = await PressAsync("bot-bo", tokens.Id.Replace("pay.tokens.0", "b", StringComparison.Ordinal));
        }

        Assert.Contains("está reservada", booked["text"]);
        var early = await PressAsync("bot-bo", Buttons(booked).Single(static one => one.Label == "Entrar").Id);
        Assert.Contains("10 minutos antes", early["text"]);
        var mine = await MineAsync("bot-bo");
        Assert.Contains("reservada", mine.Label);
        var sure = await PressAsync("bot-bo", Buttons(await PressAsync("bot-bo", mine.Id))[1].Id);
        Assert.Contains("100 %", sure["text"]);
        var cancelled = await PressAsync("bot-bo", Buttons(sure)[0].Id);
        Assert.Contains("se canceló", cancelled["text"]);
        Assert.Equal(cancelled.Text, (await PressAsync("bot-bo", Buttons(sure)[0].Id)).Text);
    }

    [Fact, Trait("Spec", "BO-11")]
    public async Task Whatever_is_pressed_the_answer_is_a_screen_with_a_way_on_and_no_internals()
    {
        await PersonAsync("bot-fuzzer", """{"ageVerified":true,"prime":true}""");
        string[] presses =
        [
            "nonsense",
            "",
            "....",
            "p.zzzzzzzzzzzzzzzz",
            "p.0123456789abcdef",
            "d.0123456789abcdef.30.video",
            "t.0123456789abcdef.30.video.99999999999.0",
            "s.0123456789abcdef.30.video.99999999999999999999",
            "s.0123456789abcdef.30.hologram.29000000",
            "ok.0123456789abcdef.30.video.29000000.1.1",
            "b.bk_00000000000000000000000000000000",
            "pay.tokens.0.bk_00000000000000000000000000000000",
            "pay.no_such.0.bk_00000000000000000000000000000000",
            "j.bk_00000000000000000000000000000000",
            "xx.bk_00000000000000000000000000000000",
            "who.99999",
            "my.-1",
            new string('p', 65),
        ];

        foreach (var press in presses)
        {
            var screen = await PressAsync("bot-fuzzer", press);
            Assert.StartsWith("Sorry", screen["text"], StringComparison.Ordinal);
            Assert.Contains(Buttons(screen), static one => one.Id == "menu");
            Assert.DoesNotContain("Exception", screen.Text, StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<(string Id, string Label)> Buttons(Answer screen) =>
        [
            .. screen
                .Json.GetProperty("buttons")
                .EnumerateArray()
                .Select(static one => (one.GetProperty("id").GetString()!, one.GetProperty("label").GetString()!)),
        ];

    private async Task<Answer> ScreenAsync(string user) =>
        (await _server.As("user", user).Get("/api/v1/bot/screen")).ShouldBe(200);

    private async Task<Answer> PressAsync(string user, string button)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { button });
        var screen = (await _server.As("user", user).Post("/api/v1/bot/press", body)).ShouldBe(200);
        Assert.All(Buttons(screen), static one => Assert.InRange(one.Id.Length, 1, 64));
        return screen;
    }

    /// <summary>From her screen on by the first button that leads further.</summary>
    private async Task<Answer> RulesAsync(string user, string performer)
    {
        var shortName = GrainInterfaces.Performers.PerformerListing.ShortNameOf(performer);
        var screen = await PressAsync(user, $"p.{shortName}");
        screen = await PressAsync(user, Buttons(screen)[0].Id);
        // The third day from now, so that a cancellation is early.
        screen = await PressAsync(user, Buttons(screen)[3].Id);
        return await PressAsync(user, Buttons(screen)[0].Id);
    }

    /// <summary>The one call of somebody, as the list comes to know it.</summary>
    private async Task<(string Id, string Label)> MineAsync(string user)
    {
        for (var left = 50; left > 0; left--)
        {
            var mine = Buttons(await PressAsync(user, "my.0"))
                .Where(static one => one.Label.Contains("reservada", StringComparison.Ordinal))
                .ToArray();
            if (mine.Length > 0)
            {
                return mine[0];
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        throw new InvalidOperationException("The list of calls stays empty.");
    }

    private async Task OpenAsync(string performer)
    {
        var hours = """[{"from":"00:00","to":"24:00"}]""";
        var days = new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
        var weekly = string.Join(',', days.Select(day => $"\"{day}\":{hours}"));
        (
            await _server
                .As("admin", "root")
                .Post(
                    "/api/v1/admin/performers",
                    $$"""{"performerId":"{{performer}}","displayName":"Ana","weekly":{ {{weekly}} },"basePrice":100}"""
                )
        ).ShouldBe(201);
    }

    private async Task PersonAsync(string user, string profile) =>
        (await _server.As("admin", "root").Put($"/api/v1/admin/users/{user}", profile)).ShouldBe(200);

    private async Task CreditAsync(string user, int tokens) =>
        (
            await _server
                .As("admin", "root")
                .Post(
                    $"/api/v1/admin/balances/{user}/credit",
                    $$"""{"tokens":{{tokens}},"reason":"Welcome","idempotency_key":"welcome"}"""
                )
        ).ShouldBe(200);
}
