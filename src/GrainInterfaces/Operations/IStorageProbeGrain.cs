using Orleans.Concurrency;

namespace Actors.GrainInterfaces.Operations;

/// <summary>
/// Asks a silo whether its storage takes writes. Every silo has such a grain under every key; a call goes to the nearest.
/// </summary>
[Alias("IStorageProbeGrain")]
public interface IStorageProbeGrain : IGrainWithStringKey
{
    /// <summary>What a small write came to, now or within the last second; answers within two seconds.</summary>
    [AlwaysInterleave]
    Task<StorageAnswer> Probe();
}

/// <param name="Answers">False when the write failed or took longer than a caller would wait.</param>
/// <param name="Took">How long it was waited for.</param>
[GenerateSerializer, Immutable, Alias("StorageAnswer")]
public sealed record StorageAnswer([property: Id(0)] bool Answers, [property: Id(1)] TimeSpan Took);
