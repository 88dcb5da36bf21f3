using System.Net;
using System.Text.Json;
using Actors.TestKit;
using Actors.TestKit.Processes;

namespace Actors.Crash.Tests;

/// <summary>Models who change their moods, admins who override them, and what the hosts make of it.</summary>
internal sealed class CrashSite : HostSite
{
    private const int Models = 4;
    private const int WritersPerModel = 3;
    private const int PageSize = 100;

    private readonly Dictionary<string, IReadOnlyList<MoodEntry>> _histories = [];

    public CrashSite()
        : base(("Moods:ChangesPerHour", "1000000")) =>
        Writers = [.. Enumerable.Range(0, Models).SelectMany(number => WritersOf($"model-{number}"))];

    public IReadOnlyList<MoodWriter> Writers { get; }

    public IEnumerable<string> ModelIds => Writers.Select(static writer => writer.Model).Distinct();

    /// <summary>Registers the models and lets each accept the terms of mood messages.</summary>
    public async Task RegisterAsync(IPEndPoint endPoint)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        var admin = Token("root", "admin");
        foreach (var model in ModelIds)
        {
            var body = $$"""{"displayName":"{{model}}"}""";
            var registered = await client.SendAsync("PUT", $"/api/v1/admin/models/{model}", admin, body);
            Assert.Equal(HttpStatusCode.OK, registered.Status);
            var accepted = await client.SendAsync("POST", "/api/v1/me/mood-terms", Token(model, "model"));
            Assert.Equal(HttpStatusCode.OK, accepted.Status);
        }
    }

    /// <summary>Reads every history, checks it, and checks that it begins with what it was before.</summary>
    public async Task CheckHistoriesAsync(IPEndPoint endPoint)
    {
        foreach (var model in ModelIds)
        {
            var history = await MoodHistory.ReadAsync(endPoint, model, Token("root", "admin"));
            MoodHistory.Check(history, [.. Writers.Where(writer => writer.Model == model)]);
            var before = _histories.GetValueOrDefault(model, []);
            Assert.Equal(before, history.Take(before.Count));
            _histories[model] = history;
        }
    }

    /// <summary>Waits until each model has been told of every override in her history, and of each of them once.</summary>
    public async Task CheckNotificationsAsync(IPEndPoint endPoint)
    {
        foreach (var model in ModelIds)
        {
            var overrides = _histories[model].Where(static entry => entry.ChangedBy == "admin").ToList();
            var told = await Eventually.GetAsync(
                () => NotificationsAsync(endPoint, model),
                told => told.Count >= overrides.Count
            );
            Assert.NotEmpty(overrides);
            // The reason is the end of the text, and the same as the message.
            Assert.Equal(
                overrides.Select(static entry => entry.CustomMessage!).Order(),
                told.Select(static text => text[(text.LastIndexOf(' ') + 1)..]).Order()
            );
        }
    }

    public IReadOnlyList<MoodEntry> HistoryOf(string model) => _histories[model];

    private IEnumerable<MoodWriter> WritersOf(string model) =>
        [
            .. Enumerable
                .Range(0, WritersPerModel)
                .Select(number => new MoodWriter(model, $"writer-{number}", Token(model, "model"))),
            new MoodWriter(model, "admin", Token("root", "admin"), overrides: true),
        ];

    private async Task<List<string>> NotificationsAsync(IPEndPoint endPoint, string model)
    {
        using var client = await WireClient.ConnectAsync(endPoint);
        List<string> texts = [];
        long total;
        do
        {
            var path = $"/api/v1/notifications?limit={PageSize}&offset={texts.Count}";
            var answer = await client.SendAsync("GET", path, Token(model, "model"));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            using var page = JsonDocument.Parse(answer.Body);
            total = page.RootElement.GetProperty("total").GetInt64();
            var notifications = page.RootElement.GetProperty("notifications").EnumerateArray();
            texts.AddRange(notifications.Select(static one => one.GetProperty("text").GetString()!));
        } while (texts.Count < total);
        return texts;
    }
}
