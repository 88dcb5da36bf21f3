using Orleans.Storage;

namespace Actors.Embedded.Tests.Grains;

public interface ILife : IGrainWithStringKey
{
    Task Touch();

    Task Leave(string gate);

    Task Throw(Exception exception);

    Task Delay(TimeSpan time);

    Task Wait(string gate);
}

/// <summary>Writes down its whole life. A key that starts with "fail" or "bad" does not survive its beginning, once.</summary>
public class LifeGrain : Grain, ILife, IDisposable
{
    private readonly Notes _notes;
    private readonly Scoped _scoped;

    public LifeGrain(Notes notes, Scoped scoped)
    {
        _notes = notes;
        _scoped = scoped;
        Note("construct");
        FailOnce("bad");
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Note("activate");
        FailOnce("fail");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Note($"deactivate {reason.ReasonCode}");
        if (this.GetPrimaryKeyString() == "stuck")
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }

    public Task Touch()
    {
        Note("touch");
        return Task.CompletedTask;
    }

    public async Task Leave(string gate)
    {
        DeactivateOnIdle();
        await _notes.Gate(gate);
        Note("left");
    }

    public Task Throw(Exception exception) => Task.FromException(exception);

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task Wait(string gate)
    {
        Note("wait");
        return _notes.Gate(gate);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Note(_scoped.IsDisposed ? "scope went first" : "dispose");
    }

    private void Note(string line) => _notes.Write($"{line} {this.GetPrimaryKeyString()}");

    private void FailOnce(string prefix)
    {
        var key = this.GetPrimaryKeyString();
        if (key.StartsWith(prefix, StringComparison.Ordinal) && !_notes.Lines.Contains($"failed {key}"))
        {
            Note("failed");
            throw new CustomException(key, 1);
        }
    }
}

public sealed class Scoped : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

public interface IPatient : IGrainWithStringKey
{
    Task Touch();
}

[CollectionAgeLimit(Hours = 2)]
public class PatientGrain : Grain, IPatient
{
    public Task Touch() => Task.CompletedTask;
}

public interface IEternal : IGrainWithStringKey
{
    Task Touch();
}

[KeepAlive]
public class EternalGrain : Grain, IEternal
{
    public Task Touch() => Task.CompletedTask;
}

public interface IRecord : IGrainWithStringKey
{
    Task<string> Read();

    Task Write(string text);
}

public sealed class Text
{
    public string Value { get; set; } = "empty";
}

public class RecordGrain(
    [PersistentState("text", "memory")] IPersistentState<Text> first,
    [PersistentState("other", "memory")] IPersistentState<Text> second,
    IGrainContext context
) : Grain, IRecord
{
    public Task<string> Read() => Task.FromResult($"{context.GrainId}: {first.State.Value}, {second.State.Value}");

    public async Task Write(string text)
    {
        first.State.Value = text;
        await first.WriteStateAsync();
        second.State.Value = text.ToUpperInvariant();
        await second.WriteStateAsync();
    }
}

/// <summary>Records that know how to be out of date.</summary>
public sealed class MemoryStorage : IGrainStorage
{
    private readonly Dictionary<string, (string Value, int Version)> _records = [];

    public void Overwrite(string name, string grain, string value) => _records[name + grain] = (value, 1000);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue(stateName + grainId, out var record))
        {
            ((Text)(object)grainState.State!).Value = record.Value;
            grainState.ETag = $"{record.Version}";
            grainState.RecordExists = true;
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = _records.TryGetValue(stateName + grainId, out var record) ? record.Version : 0;
        if ((grainState.ETag ?? "0") != $"{version}")
        {
            throw new InconsistentStateException("stale", $"{version}", grainState.ETag);
        }
        _records[stateName + grainId] = (((Text)(object)grainState.State!).Value, version + 1);
        grainState.ETag = $"{version + 1}";
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.Remove(stateName + grainId);
        return Task.CompletedTask;
    }
}

public interface IFarewell : IGrainWithStringKey
{
    Task Touch();

    Task Take();
}

/// <summary>Tells another grain when it ends.</summary>
public class FarewellGrain(Notes notes) : Grain, IFarewell
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == "leaver" ? GrainFactory.GetGrain<IFarewell>("taker").Take() : Task.CompletedTask;

    public Task Touch() => Task.CompletedTask;

    public Task Take()
    {
        notes.Write("farewell taken");
        return Task.CompletedTask;
    }
}
