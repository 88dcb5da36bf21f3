using System.Reflection;

namespace Actors.Grains.Tests.Notifications;

/// <summary>Hands out whatever a test puts in the place of grains.</summary>
public class FakeGrains : DispatchProxy
{
    private Func<Type, object> _grainOf = null!;

    public static IGrainFactory Of(Func<Type, object> grainOf)
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        ((FakeGrains)(object)factory)._grainOf = grainOf;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true }
            ? _grainOf(targetMethod.GetGenericArguments()[0])
            : throw new NotSupportedException();
}

/// <summary>A grain of which a test says what every call does.</summary>
public class FakeGrain : DispatchProxy
{
    private Func<string, object?[], object?> _answer = null!;

    public static TGrain Of<TGrain>(Func<string, object?[], object?> answer)
        where TGrain : class
    {
        var grain = Create<TGrain, FakeGrain>();
        ((FakeGrain)(object)grain)._answer = answer;
        return grain;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer(targetMethod!.Name, args ?? []);
}
