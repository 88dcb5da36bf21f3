using System.Reflection;

namespace Actors.ApiHost.Tests.Live;

/// <summary>Grains of which a test says what each method answers.</summary>
internal sealed class FakeGrains
{
    private readonly Dictionary<(Type, string), IGrain> _grains = [];

    public FakeGrains() =>
        Factory = Answering.Create<IGrainFactory>(
            // Only GetGrain<T>(string, string?) is asked for; the type it is asked with is its result.
            (method, args) => _grains[(method.ReturnType, (string)args[0]!)]
        );

    public IGrainFactory Factory { get; }

    public void Add<T>(string key, Func<string, object?[], object> answer)
        where T : class, IGrainWithStringKey =>
        _grains[(typeof(T), key)] = Answering.Create<T>((method, args) => answer(method.Name, args));
}

/// <summary>Public, because proxies derive from it.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?[], object> _answer = null!;

    internal static T Create<T>(Func<MethodInfo, object?[], object> answer)
        where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
