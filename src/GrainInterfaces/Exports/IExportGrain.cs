using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;
using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Exports;

/// <summary>
/// What is held about one person, whose id is the key, as a file for her: asked for, made in the background, there for a day. One at a
/// time; a crash in the middle only makes it take longer.
/// </summary>
[Alias("IExportGrain")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>In any 24 hours.</summary>
    const int PerDay = 3;

    static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Begins one. While one is being made it answers that one; one that is there already goes when a new one begins.</summary>
    Task<Outcome<ExportView>> Request(PersonKind kind);

    /// <summary>How far the newest one is.</summary>
    [ReadOnly]
    Task<Outcome<ExportView>> Get();

    /// <summary>Where the file is that can be had now.</summary>
    [ReadOnly]
    Task<Outcome<ExportFile>> FindFile();

    /// <summary>Makes unreadable what was exported, and makes none any more; erasing again changes nothing.</summary>
    Task Erase();
}

[JsonConverter(typeof(JsonStringEnumConverter<ExportStatus>))]
public enum ExportStatus
{
    [JsonStringEnumMemberName("requested")]
    Requested,

    [JsonStringEnumMemberName("ready")]
    Ready,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <param name="Parts">What is in it so far.</param>
/// <param name="PartsTotal">How many parts it will have.</param>
/// <param name="Bytes">Of the file; null until there is one.</param>
[GenerateSerializer, Immutable, Alias("ExportView")]
public sealed record ExportView(
    [property: Id(0)] string Id,
    [property: Id(1)] ExportStatus Status,
    [property: Id(2)] DateTimeOffset RequestedAt,
    [property: Id(3)] IReadOnlyList<string> Parts,
    [property: Id(4)] int PartsTotal,
    [property: Id(5)] DateTimeOffset? ReadyAt,
    [property: Id(6)] DateTimeOffset? ExpiresAt,
    [property: Id(7)] long? Bytes
);

/// <param name="Attempt">The one that has made it.</param>
[GenerateSerializer, Immutable, Alias("ExportFile")]
public sealed record ExportFile(
    [property: Id(0)] long Number,
    [property: Id(1)] int Attempt,
    [property: Id(2)] long Bytes
);
