using Actors.Bench.Hosts;

namespace Actors.Bench.Scenarios;

/// <summary>The requests that the scenarios send: one of each kind for every model, ready to go over the wire.</summary>
internal sealed class MoodRequests
{
    public const string NoopPath = "/api/v1/noop";
    public const string UpdatePath = "/api/v1/mood/update";

    private static readonly string[] States = ["positive", "negative", "neutral"];

    private readonly string[] _models;
    private readonly string[] _userTokens;
    private readonly string[] _modelTokens;

    public MoodRequests(BenchHost host, int models)
    {
        _models = [.. Enumerable.Range(0, models).Select(number => $"model-{number:D6}")];
        _userTokens = [.. _models.Select((_, number) => host.Token($"user-{number:D6}", "user"))];
        _modelTokens = [.. _models.Select(model => host.Token(model, "model"))];
    }

    public IReadOnlyList<string> Models => _models;

    public Target NoopGet => new("no-op GET", "GET", NoopPath, _userTokens);

    public Target NoopPost => new("no-op POST", "POST", NoopPath, _modelTokens, BodyOf);

    public Target MoodGet => new("mood GET", "GET", "/api/v1/mood/{0}", _userTokens) { Ids = _models };

    public Target MoodPost => new("mood POST, durable", "POST", UpdatePath, _modelTokens, BodyOf);

    public Target History =>
        new("history GET", "GET", "/api/v1/mood/{0}/history?limit=20", _userTokens) { Ids = _models };

    public Target Template =>
        new("template GET", "GET", "/api/v1/mood/template?modelId={0}&templateType=greeting&userTier=gold", _userTokens)
        {
            Ids = _models,
        };

    private static string BodyOf(int number) =>
        $$"""{"moodState":"{{States[number % 3]}}","customMessage":"Feeling great","autoRespond":true,"responseDelay":30}""";
}
