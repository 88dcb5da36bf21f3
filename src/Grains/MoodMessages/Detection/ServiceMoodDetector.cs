using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.MoodMessages;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.MoodMessages.Detection;

/// <summary>
/// Asks a service over HTTP: POST {text, language?}, answered by {mood, confidence}. Whatever comes instead, or nothing in
/// time, is unknown.
/// </summary>
internal sealed partial class ServiceMoodDetector(
    MoodDetectionOptions options,
    IHttpClientFactory clients,
    TimeProvider time,
    ILogger<ServiceMoodDetector> logger
) : IMoodDetector
{
    public const string Client = "mood-detection";

    private const int MostAnswerBytes = 4_096;

    public async ValueTask<DetectedMood> DetectAsync(string text, CancellationToken cancellation = default)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await AskAsync(text, either.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(fault.GetType().Name, fault.Message);
            return DetectedMood.Unknown;
        }
    }

    public DetectedMood? DetectAtOnce(string text) => null;

    private async Task<DetectedMood> AskAsync(string text, CancellationToken cancellation)
    {
        using var http = clients.CreateClient(Client);
        using var request = RequestFor(text);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            LogAnswered((int)answer.StatusCode);
            return DetectedMood.Unknown;
        }
        var body = await ReadAsync(answer.Content, cancellation);
        var heard = body is null ? null : JsonSerializer.Deserialize(body, MoodDetectionJson.Default.MoodAnswer);
        return heard is { Mood: { } mood, Confidence: >= 0 and <= 100 } && Moods.TryGetValue(mood, out var kind)
            ? kind == MoodKind.Unknown
                ? DetectedMood.Unknown
                : new DetectedMood(kind, (int)Math.Round(heard.Confidence.Value))
            : DetectedMood.Unknown;
    }

    private HttpRequestMessage RequestFor(string text)
    {
        var excerpt = new MoodQuestion(MoodText.Excerpt(text), options.Language);
        var content = new ByteArrayContent(
            JsonSerializer.SerializeToUtf8Bytes(excerpt, MoodDetectionJson.Default.MoodQuestion)
        );
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint) { Content = content };
        if (options.Key is { } key)
        {
            request.Headers.TryAddWithoutValidation(options.KeyHeader, key);
        }
        return request;
    }

    /// <summary>Null for more than any answer has.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostAnswerBytes + 1];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return count > MostAnswerBytes ? null : buffer[..count];
    }

    private static readonly Dictionary<string, MoodKind> Moods = new(StringComparer.Ordinal)
    {
        ["happy"] = MoodKind.Happy,
        ["sad"] = MoodKind.Sad,
        ["angry"] = MoodKind.Angry,
        ["neutral"] = MoodKind.Neutral,
        ["excited"] = MoodKind.Excited,
        ["anxious"] = MoodKind.Anxious,
        ["unknown"] = MoodKind.Unknown,
    };

    [LoggerMessage(LogLevel.Warning, "The mood service was of no use ({Fault}): {Message}")]
    private partial void LogFailed(string fault, string message);

    [LoggerMessage(LogLevel.Warning, "The mood service answered with status {Status}")]
    private partial void LogAnswered(int status);
}

internal sealed record MoodQuestion(string Text, string? Language);

internal sealed record MoodAnswer(string? Mood, double? Confidence);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 8
)]
[JsonSerializable(typeof(MoodQuestion))]
[JsonSerializable(typeof(MoodAnswer))]
internal sealed partial class MoodDetectionJson : JsonSerializerContext;
