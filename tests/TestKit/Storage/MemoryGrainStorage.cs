using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Actors.TestKit.Storage;

/// <summary>
/// Grain storage in memory that keeps the rules of Azure's: state crosses a serializer, a write needs the tag of what is
/// stored, and a request can fail before it is carried out, after it, or be carried out long after it seemed to fail.
/// </summary>
public sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Id), (byte[] Json, string ETag)> _records = new();
    private readonly ConcurrentQueue<Action> _late = new();
    private readonly Lock _gate = new();
    private long _tags;
    private int _operations;

    /// <summary>Decides about each request, in the order in which they come. No faults by default.</summary>
    public Func<StorageRequest, StorageFault> Faults { get; set; } = static _ => StorageFault.None;

    /// <summary>Runs before each request is carried out; whoever returns an open task delays it.</summary>
    public Func<StorageRequest, Task> Latency { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs after each request is carried out and before its caller is answered.</summary>
    public Func<StorageRequest, Task> LatencyOfAnswer { get; set; } = static _ => Task.CompletedTask;

    public int Operations => _operations;

    public int LargestRecordBytes => _records.Values.Max(static record => record.Json.Length);

    public IReadOnlyCollection<string> Names => [.. _records.Keys.Select(static key => $"{key.Name} {key.Id}").Order()];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(StorageAction.Read, stateName, grainId, () => Read((stateName, grainId), grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (json, etag) = (JsonSerializer.SerializeToUtf8Bytes(grainState.State), grainState.ETag);
        return RunAsync(
            StorageAction.Write,
            stateName,
            grainId,
            () =>
            {
                var stored = Write((stateName, grainId), json, etag);
                return () => (grainState.ETag, grainState.RecordExists) = (stored, true);
            }
        );
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = grainState.ETag;
        return RunAsync(
            StorageAction.Clear,
            stateName,
            grainId,
            () =>
            {
                Clear((stateName, grainId), etag);
                return () => (grainState.State, grainState.ETag, grainState.RecordExists) = (New<T>(), null!, false);
            }
        );
    }

    /// <summary>Carries out the requests that were still on their way when their callers gave up on them.</summary>
    public void LandLateRequests()
    {
        while (_late.TryDequeue(out var land))
        {
            land();
        }
    }

    /// <summary>Loses a record behind everybody's back.</summary>
    public void Remove(string name)
    {
        foreach (var key in _records.Keys.Where(key => key.Name == name))
        {
            _records.TryRemove(key, out _);
        }
    }

    /// <summary>Changes stored bytes behind everybody's back.</summary>
    public void Tamper<T>(string name, Func<T, T> change)
    {
        foreach (var key in _records.Keys.Where(key => key.Name == name))
        {
            var (json, etag) = _records[key];
            var changed = change(JsonSerializer.Deserialize<T>(json)!);
            _records[key] = (JsonSerializer.SerializeToUtf8Bytes(changed), etag);
        }
    }

    private async Task RunAsync(StorageAction action, string name, GrainId id, Func<Action> carryOut)
    {
        var request = new StorageRequest(Interlocked.Increment(ref _operations), action, name, id);
        var fault = Faults(request);
        await Latency(request);
        switch (fault)
        {
            case StorageFault.FailBefore:
                throw new IOException($"{request} did not reach the storage.");
            case StorageFault.FailAfter:
                carryOut();
                throw new TimeoutException($"{request} was not answered.");
            case StorageFault.LandLate:
                _late.Enqueue(() =>
                {
                    try
                    {
                        carryOut();
                    }
                    catch (InconsistentStateException)
                    {
                        // Too late; nobody is left to be told.
                    }
                });
                throw new TimeoutException($"{request} was not answered.");
            default:
                var answer = carryOut();
                await LatencyOfAnswer(request);
                answer();
                break;
        }
    }

    private Action Read<T>((string, GrainId) key, IGrainState<T> state)
    {
        var exists = _records.TryGetValue(key, out var stored);
        var value = exists ? JsonSerializer.Deserialize<T>(stored.Json)! : New<T>();
        return () => (state.State, state.ETag, state.RecordExists) = (value, exists ? stored.ETag : null!, exists);
    }

    private string Write((string Name, GrainId Id) key, byte[] json, string? etag)
    {
        lock (_gate)
        {
            Check(key, etag);
            var next = (++_tags).ToString(CultureInfo.InvariantCulture);
            _records[key] = (json, next);
            return next;
        }
    }

    private void Clear((string Name, GrainId Id) key, string? etag)
    {
        lock (_gate)
        {
            Check(key, etag);
            _records.TryRemove(key, out _);
        }
    }

    private void Check((string Name, GrainId Id) key, string? etag)
    {
        var stored = _records.TryGetValue(key, out var record) ? record.ETag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException($"{key.Name} of {key.Id} has changed.", stored, etag);
        }
    }

    private static T New<T>() => Activator.CreateInstance<T>();
}
