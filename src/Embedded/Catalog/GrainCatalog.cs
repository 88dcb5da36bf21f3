using System.Collections.Concurrent;
using System.Reflection;
using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>Which class serves which interface.</summary>
internal sealed class GrainCatalog
{
    private readonly Dictionary<GrainType, GrainClass> _byName = [];
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];
    private readonly ConcurrentDictionary<(Type, GrainClass), GrainBinding> _bindings = new();
    private GrainBinding?[] _bySlot = [];

    public GrainCatalog(EmbeddedEngine engine, IEnumerable<Assembly> assemblies)
    {
        Observers = new GrainClass(engine, typeof(IGrainObserver));
        foreach (var type in assemblies.Distinct().SelectMany(x => x.GetTypes()).Where(IsGrainClass))
        {
            Add(new GrainClass(engine, type));
        }
    }

    public GrainClass Observers { get; }

    public IEnumerable<GrainClass> Classes => _byName.Values.Append(Observers);

    /// <summary>The hot lookup: an interface has one slot in the process, and a slot one binding in the engine.</summary>
    public GrainBinding Bind<TInterface>(string? prefix)
    {
        var bySlot = _bySlot;
        var slot = InterfaceSlot<TInterface>.Index;
        return prefix is null && slot < bySlot.Length && bySlot[slot] is { } binding
            ? binding
            : BindSlowly<TInterface>(prefix, slot);
    }

    public GrainBinding Bind(Type type, GrainId id) =>
        _byName.TryGetValue(id.Type, out var grainClass) ? Bind(type, grainClass)
        : id.Type == Observers.Type ? Bind(type, Observers)
        : throw new ArgumentException($"No grain class is named {id.Type}.", nameof(id));

    public GrainBinding Bind(Type type, GrainClass grainClass)
    {
        if (grainClass != Observers && !type.IsAssignableFrom(grainClass.ClassType))
        {
            throw new ArgumentException($"{grainClass.ClassType} does not implement {type}.", nameof(type));
        }
        return _bindings.GetOrAdd(
            (type, grainClass),
            static x => new GrainBinding(x.Item2, GrainInterface.Of(x.Item1))
        );
    }

    public GrainBinding BindMain(GrainClass grainClass) =>
        Bind(GrainInterfacesOf(grainClass.ClassType).First(), grainClass);

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && typeof(IGrain).IsAssignableFrom(type)
        && !typeof(GrainReference).IsAssignableFrom(type);

    private static IEnumerable<Type> GrainInterfacesOf(Type type) =>
        type.GetInterfaces().Where(x => typeof(IAddressable).IsAssignableFrom(x) && GrainInterface.Find(x) is not null);

    private void Add(GrainClass grainClass)
    {
        if (!_byName.TryAdd(grainClass.Type, grainClass))
        {
            throw new InvalidOperationException(
                $"{grainClass.ClassType} and {_byName[grainClass.Type].ClassType} are both named {grainClass.Type}."
            );
        }
        foreach (var type in GrainInterfacesOf(grainClass.ClassType))
        {
            if (!_byInterface.TryGetValue(type, out var classes))
            {
                _byInterface.Add(type, classes = []);
            }
            classes.Add(grainClass);
        }
    }

    private GrainBinding BindSlowly<TInterface>(string? prefix, int slot)
    {
        var binding = Bind(typeof(TInterface), ClassOf(typeof(TInterface), prefix));
        if (prefix is null)
        {
            lock (_bindings)
            {
                var grown = new GrainBinding?[Math.Max(_bySlot.Length, slot + 1)];
                _bySlot.CopyTo(grown, 0);
                grown[slot] = binding;
                _bySlot = grown;
            }
        }
        return binding;
    }

    private GrainClass ClassOf(Type type, string? prefix)
    {
        List<GrainClass> classes = _byInterface.GetValueOrDefault(type) ?? [];
        var fitting = classes.FindAll(x =>
            prefix is null || x.ClassType.FullName!.StartsWith(prefix, StringComparison.Ordinal)
        );
        return fitting switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"No grain class implements {type} {prefix}.", nameof(type)),
            _ => fitting.Find(x => "I" + x.ClassType.Name == type.Name)
                ?? throw new ArgumentException(
                    $"{type} is implemented by {string.Join(", ", fitting.Select(x => x.ClassType))}: name one by its prefix.",
                    nameof(type)
                ),
        };
    }
}

internal static class InterfaceSlots
{
    private static int _last = -1;

    public static int Next() => Interlocked.Increment(ref _last);
}

internal static class InterfaceSlot<TInterface>
{
    public static readonly int Index = InterfaceSlots.Next();
}
