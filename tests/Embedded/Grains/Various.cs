using System.Collections.Concurrent;

namespace Actors.Embedded.Tests.Grains;

public interface INamed : IGrainWithStringKey
{
    Task<GrainId> Id();
}

[GrainType("named.by-attribute")]
public class Misnomer : Grain, INamed
{
    public Task<GrainId> Id() => Task.FromResult(this.GetGrainId());
}

public interface IGuidKeyed : IGrainWithGuidKey
{
    Task<(Guid, long)> Key();
}

public class GuidKeyedGrain : Grain, IGuidKeyed
{
    public Task<(Guid, long)> Key() => Task.FromResult((this.GetPrimaryKey(), 0L));
}

public interface IIntegerKeyed : IGrainWithIntegerKey
{
    Task<(Guid, long)> Key();
}

public class IntegerKeyedGrain : Grain, IIntegerKeyed
{
    public Task<(Guid, long)> Key() => Task.FromResult((Guid.Empty, this.GetPrimaryKeyLong()));
}

public interface IBase : IGrainWithStringKey
{
    Task<string> FromBase();
}

public interface IDerived : IBase
{
    Task<string> FromDerived();
}

public class DerivedGrain : Grain, IDerived
{
    public Task<string> FromBase() => Task.FromResult("base");

    public Task<string> FromDerived() => Task.FromResult("derived");
}

public interface IUnserved : IGrainWithStringKey
{
    Task Nothing();
}

public interface IShape : IGrainWithStringKey
{
    Task<string> Name();
}

public class CircleGrain : Grain, IShape
{
    public Task<string> Name() => Task.FromResult("round");
}

public class SquareGrain : Grain, IShape
{
    public Task<string> Name() => Task.FromResult("square");
}

public interface IObserver : IGrainObserver
{
    Task Hear(string line);
}

public sealed class Observer : IObserver
{
    private readonly ConcurrentQueue<string> _heard = new();

    public IReadOnlyList<string> Heard => [.. _heard];

    public Task Hear(string line)
    {
        _heard.Enqueue(line);
        return Task.CompletedTask;
    }
}

public interface INotifier : IGrainWithStringKey
{
    Task Notify(IObserver observer, string line);
}

public class NotifierGrain : Grain, INotifier
{
    public Task Notify(IObserver observer, string line) => observer.Hear(line);
}

public interface IAmbient : IGrainWithStringKey
{
    Task<string?> Swap(string value);
}

public class AmbientGrain : Grain, IAmbient
{
    public static readonly AsyncLocal<string?> Ambient = new();

    public Task<string?> Swap(string value)
    {
        var before = Ambient.Value;
        Ambient.Value = value;
        return Task.FromResult(before);
    }
}
