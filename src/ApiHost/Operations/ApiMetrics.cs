using System.Diagnostics.Metrics;

namespace Actors.ApiHost.Operations;

/// <summary>What the API counts about its answers. Labels are drawn from small closed sets: never an id of a person.</summary>
internal static class ApiMetrics
{
    private static readonly Meter Source = new("Actors");

    private static readonly Counter<long> DegradedAnswers = Source.CreateCounter<long>(
        "actors.degraded_answers",
        "{answer}",
        "Answers given from neutral defaults because a grain could not be reached, by feature."
    );

    private static readonly Counter<long> RequestsLimited = Source.CreateCounter<long>(
        "actors.http.requests_limited",
        "{refusal}",
        "Requests refused because the caller exceeded the request limit."
    );

    private static readonly Counter<long> AuthenticationFailures = Source.CreateCounter<long>(
        "actors.auth.failures",
        "{failure}",
        "Requests refused for a missing, bad or insufficient token, by error code."
    );

    /// <param name="feature">The feature that answered, in lower case: "moods", "templates".</param>
    public static void AnsweredDegraded(string feature) =>
        DegradedAnswers.Add(1, new KeyValuePair<string, object?>("feature", feature));

    public static void RequestLimited() => RequestsLimited.Add(1);

    public static void AuthenticationFailed(string code) =>
        AuthenticationFailures.Add(1, new KeyValuePair<string, object?>("error", code));
}
