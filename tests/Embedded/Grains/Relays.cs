using Orleans.Concurrency;

namespace Actors.Embedded.Tests.Grains;

/// <summary>Passes a call along a path of keys, each of which says how: "~" before a key means without waiting for it.</summary>
public interface IRelay : IGrainWithStringKey
{
    Task<string> Pass(string[] path);

    [AlwaysInterleave]
    Task<string> PassBeside(string[] path);

    Task<string> SendAndWait(string[] path, string gate);

    Task<string> WaitThenPass(string gate, string[] path);
}

[Reentrant]
public class ReentrantRelayGrain(Notes notes) : RelayBase(notes), IReentrantRelay;

public interface IReentrantRelay : IRelay;

public class RelayGrain(Notes notes) : RelayBase(notes), IStrictRelay
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("eager:", StringComparison.Ordinal))
        {
            await Next(this.GetPrimaryKeyString()["eager:".Length..]).Pass([]);
        }
    }
}

public interface IStrictRelay : IRelay;

public abstract class RelayBase(Notes notes) : Grain, IRelay
{
    public async Task<string> Pass(string[] path)
    {
        notes.Write($"pass {this.GetPrimaryKeyString()}");
        if (path is not [var first, .. var rest])
        {
            return "end";
        }
        if (first.StartsWith('~'))
        {
            _ = Next(first[1..]).Pass(rest);
            return "sent";
        }
        return await Next(first).Pass(rest);
    }

    public Task<string> PassBeside(string[] path) => Pass(path);

    public async Task<string> SendAndWait(string[] path, string gate)
    {
        var sent = Next(path[0]).Pass(path[1..]);
        await notes.Gate(gate);
        return sent.IsFaulted ? "fault" : "sent";
    }

    public async Task<string> WaitThenPass(string gate, string[] path)
    {
        await notes.Gate(gate);
        return await Pass(path);
    }

    protected IRelay Next(string key) =>
        key.StartsWith("r:", StringComparison.Ordinal)
            ? GrainFactory.GetGrain<IReentrantRelay>(key[2..])
            : GrainFactory.GetGrain<IStrictRelay>(key);
}
