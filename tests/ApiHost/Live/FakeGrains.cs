using System.Reflection;

namespace Actors.ApiHost.Tests.Live;

/// <summary>Grains of which a test says what each method answers.</summary>
internal sealed class FakeGrains : IGrainFactory
{
    private readonly Dictionary<(Type, string), IGrain> _grains = [];

    public void Add<T>(string key, Func<string, object?[], object> answer)
        where T : class, IGrainWithStringKey
    {
        var grain = DispatchProxy.Create<T, Answering>();
        ((Answering)(object)grain).Answer = answer;
        _grains[(typeof(T), key)] = grain;
    }

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithStringKey => (T)_grains[(typeof(T), primaryKey)];

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidKey => throw new NotSupportedException();

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerKey => throw new NotSupportedException();

    public T GetGrain<T>(GrainId grainId)
        where T : IAddressable => throw new NotSupportedException();

    public T CreateObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver => throw new NotSupportedException();
}

/// <summary>Public, because proxies derive from it.</summary>
public class Answering : DispatchProxy
{
    internal Func<string, object?[], object> Answer { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Answer(targetMethod!.Name, args ?? []);
}
