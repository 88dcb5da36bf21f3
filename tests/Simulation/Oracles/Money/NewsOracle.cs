using Actors.Grains.Notifications.Webhooks;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>
/// An app is told of what happened to money, queues, devices and in conversations, and of nothing that did not: of each event under one id and in
/// the same words, and, once its subscription is in effect, of every one.
/// </summary>
internal sealed class NewsOracle(Books books, Evidence evidence)
{
    public IEnumerable<string> Check()
    {
        var expected = ExpectedNews
            .Of(books)
            .Concat(ExpectedNews.OfConversations(evidence))
            .Concat(ExpectedNews.OfBookings(evidence))
            .ToDictionary(static news => news.Id);
        foreach (var request in evidence.Told.Where(static request => !IsOfMoods(request)))
        {
            if (!expected.TryGetValue(request.EventId, out var news))
            {
                yield return $"an app was told {request.EventId}, which did not happen: {request.Body}";
            }
            else if (news.Differs(request.Body) is { } difference)
            {
                yield return $"an app was told {request.EventId} otherwise than it is, {difference}: {request.Body}";
            }
        }
        foreach (var same in evidence.Told.GroupBy(static request => request.EventId))
        {
            if (same.DistinctBy(static request => request.Body).Count() > 1)
            {
                yield return $"an app was told {same.Key} in several ways";
            }
        }
        foreach (var twice in Queued().CountBy(static id => id).Where(static pair => pair.Value > 1))
        {
            yield return $"{twice.Key} was queued {twice.Value} times for one app";
        }
        var told = evidence.Told.Select(static request => request.EventId).ToHashSet();
        foreach (var news in expected.Values.Where(news => MustBeTold(news) && !told.Contains(news.Id)))
        {
            yield return $"no app was told {news.Id}, a {news.Type}";
        }
    }

    private bool MustBeTold(ExpectedNews news) =>
        evidence.ToldFrom is { } from
        && news.Version > (from.TryGetValue(news.Stream, out var contents) ? contents.Events.Count : 0);

    private IEnumerable<string> Queued() =>
        evidence
            .EventsOf("webhook/app")
            .Select(static recorded => EventJson.Read<WebhookEvent>(recorded))
            .OfType<DeliveryQueued>()
            .Select(static queued => queued.EventId);

    private static bool IsOfMoods(WebhookRequest request) =>
        request.EventId.StartsWith("mood-", StringComparison.Ordinal);
}
