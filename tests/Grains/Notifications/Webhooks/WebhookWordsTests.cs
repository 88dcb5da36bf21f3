using Actors.Grains.Notifications.Webhooks;
using Actors.Grains.Tests.Sealing;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2"), Trait("Spec", "AC-2")]
public sealed class WebhookWordsTests
{
    private readonly PersonsKeys _keys = new();

    [Fact]
    public async Task Apps_are_told_the_words_until_their_user_is_erased()
    {
        var words = await _keys.SealAsync("bo", "for \"you\"");
        var body = $$"""{"eventType":"tip_sent","userId":"bo","tokens":30,"message":"{{words}}"}""";

        Assert.Equal(
            """{"eventType":"tip_sent","userId":"bo","tokens":30,"message":"for \u0022you\u0022"}""",
            await WebhookWords.OpenAsync(body, _keys)
        );
        await _keys.EraseAsync("bo");
        Assert.Equal(
            """{"eventType":"tip_sent","userId":"bo","tokens":30}""",
            await WebhookWords.OpenAsync(body, _keys)
        );
    }

    [Theory]
    [InlineData("""{"eventType":"mood_changed","modelId":"ana"}""")]
    [InlineData("""{"eventType":"tip_sent","userId":"bo","message":"1. as older versions wrote it"}""")]
    [InlineData("""{"eventType":"test","version":"1.0"}""")]
    public async Task What_has_no_sealed_words_goes_out_as_it_was_made(string body) =>
        Assert.Same(body, await WebhookWords.OpenAsync(body, _keys));
}
