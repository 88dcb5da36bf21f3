using System.Globalization;
using Actors.GrainInterfaces.MoodMessages;
using Actors.Grains.Hosting;
using Actors.Grains.MoodMessages.Detection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.MoodMessages.Detection;

[Trait("Spec", "MM-3")]
public sealed class ServiceMoodDetectorTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private MoodServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await MoodServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Without_an_address_the_built_in_detector_hears()
    {
        await using var services = Services(("TimeoutSeconds", "1"));
        var detector = services.GetRequiredService<IMoodDetector>();

        Assert.IsType<WordMoodDetector>(detector);
        Assert.Equal(MoodKind.Happy, (await detector.DetectAsync("so happy")).Mood);
    }

    [Fact]
    public async Task The_service_is_asked_with_text_language_and_key_and_believed()
    {
        await using var services = To(_server.Address, ("Key", "sesame"), ("Language", "es"));

        var heard = await DetectAsync(services, "hola \"tú\"");

        Assert.Equal(new DetectedMood(MoodKind.Happy, 77), heard);
        Assert.Equal([("""{"text":"hola \u0022t\u00FA\u0022","language":"es"}""", "sesame")], _server.Requests!);
        await DetectAsync(services, new string('x', 100_000));
        Assert.InRange(_server.Requests[1].Body.Length, IMoodDetector.Longest, IMoodDetector.Longest + 100);
    }

    [Theory]
    [InlineData("""{"mood":"happy","confidence":101}""")]
    [InlineData("""{"mood":"happy","confidence":-1}""")]
    [InlineData("""{"mood":"happy","confidence":"77"}""")]
    [InlineData("""{"mood":"happy"}""")]
    [InlineData("""{"mood":"Happy","confidence":77}""")]
    [InlineData("""{"mood":"bored","confidence":77}""")]
    [InlineData("""{"mood":1,"confidence":77}""")]
    [InlineData("""{"mood":"unknown","confidence":77}""")]
    [InlineData("""{"mood":"happy","confidence":77""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task What_is_no_answer_is_unknown(string body)
    {
        _server.Answer = (http, _) => http.Response.WriteAsync(body);
        await using var services = To(_server.Address);

        Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(204)]
    public async Task Whoever_answers_with_another_status_is_not_believed(int status)
    {
        _server.Answer = async (http, _) =>
        {
            http.Response.StatusCode = status;
            if (status != 204)
            {
                await http.Response.WriteAsync("""{"mood":"happy","confidence":77}""");
            }
        };
        await using var services = To(_server.Address);

        Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_so_the_text_goes_nowhere_else()
    {
        await using var elsewhere = await MoodServer.StartAsync();
        _server.Answer = (http, _) =>
        {
            http.Response.Redirect(elsewhere.Address.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await using var services = To(_server.Address);

        Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_huge_answer_is_not_read_to_its_end()
    {
        _server.Answer = static async (http, _) =>
        {
            var blanks = new string(' ', 64 * 1024);
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(blanks, http.RequestAborted);
            }
        };
        await using var services = To(_server.Address, ("TimeoutSeconds", "20"));

        Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
    }

    [Fact]
    public async Task Who_fails_once_is_asked_again()
    {
        _server.Answer = static (http, number) =>
        {
            http.Response.StatusCode = number == 1 ? 500 : 200;
            return http.Response.WriteAsync("""{"mood":"sad","confidence":60.4}""");
        };
        await using var services = To(_server.Address, ("TimeoutSeconds", "20"));

        Assert.Equal(new DetectedMood(MoodKind.Sad, 60), await DetectAsync(services));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public async Task Nobody_waits_longer_than_the_time_out_whether_the_head_or_the_body_is_slow(
        bool beginsToAnswer,
        int retries
    )
    {
        var asked = new TaskCompletionSource();
        _server.Answer = async (http, _) =>
        {
            if (beginsToAnswer)
            {
                await http.Response.WriteAsync("""{"mood":""", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        };
        var time = new FakeTimeProvider();
        await using var services = To(
            _server.Address,
            time,
            ("TimeoutSeconds", "2"),
            ("Retries", retries.ToString(CultureInfo.InvariantCulture))
        );

        var detecting = services.GetRequiredService<IMoodDetector>().DetectAsync("text").AsTask();
        await asked.Task.WaitAsync(Patience, TimeProvider.System);
        Assert.False(detecting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(DetectedMood.Unknown, await detecting.WaitAsync(Patience, TimeProvider.System));
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_left_alone_for_a_while()
    {
        _server.Answer = static (http, _) =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var time = new FakeTimeProvider();
        await using var services = To(_server.Address, time, ("Retries", "0"));
        for (var call = 0; call < 30; call++)
        {
            Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
        }
        var asked = _server.Requests.Count;

        time.Advance(TimeSpan.FromSeconds(16));
        await DetectAsync(services);

        Assert.InRange(asked, 1, 15);
        Assert.Equal(asked + 1, _server.Requests.Count);
    }

    [Fact]
    public async Task Where_nobody_listens_the_mood_is_unknown()
    {
        await using var services = To(new Uri("http://127.0.0.1:1/"));

        Assert.Equal(DetectedMood.Unknown, await DetectAsync(services));
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        await using var services = To(_server.Address);
        var detector = services.GetRequiredService<IMoodDetector>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await detector.DetectAsync("text", new CancellationToken(canceled: true))
        );
    }

    [Theory]
    [InlineData("Endpoint", "http://example.com/")]
    [InlineData("Endpoint", "ftp://example.com/")]
    [InlineData("KeyHeader", "Two Words")]
    [InlineData("Key", "line\nline")]
    [InlineData("Language", "de")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("TimeoutSeconds", "21")]
    [InlineData("Retries", "4")]
    public void A_setting_that_is_none_is_named(string name, string value)
    {
        var fault = Assert.Throws<SettingException>(() =>
            SettingsReader.Read<MoodDetectionOptions>(Settings((name, value)))
        );

        Assert.Contains($"MoodDetection:{name}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_not_shown() =>
        Assert.DoesNotContain(
            "sesame",
            new MoodDetectionOptions { Key = "sesame" }.ToString(),
            StringComparison.Ordinal
        );

    private static Task<DetectedMood> DetectAsync(IServiceProvider services, string text = "text") =>
        services
            .GetRequiredService<IMoodDetector>()
            .DetectAsync(text)
            .AsTask()
            .WaitAsync(Patience, TimeProvider.System);

    private static ServiceProvider To(Uri address, params (string, string)[] settings) =>
        To(address, TimeProvider.System, settings);

    private static ServiceProvider To(Uri address, TimeProvider time, params (string, string)[] settings) =>
        Services(time, [.. settings, ("Endpoint", address.ToString())]);

    private static ServiceProvider Services(params (string, string)[] settings) =>
        Services(TimeProvider.System, settings);

    private static ServiceProvider Services(TimeProvider time, (string, string)[] settings) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddSingleton(Settings(settings))
            .AddMoodDetection()
            .BuildServiceProvider();

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(static one => KeyValuePair.Create($"MoodDetection:{one.Name}", (string?)one.Value))
            )
            .Build();
}
