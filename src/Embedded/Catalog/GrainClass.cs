using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Orleans.Concurrency;

namespace Actors.Embedded;

/// <summary>A grain class: its rules, and the directory of its activations.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _directory = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WorkerPool> _pools = new(StringComparer.Ordinal);
    private readonly GrainFactory _factory;
    private readonly int _maxWorkers;

    public GrainClass(EmbeddedEngine engine, Type type)
    {
        Engine = engine;
        ClassType = type;
        _factory = GrainFactory.Of(type);
        Type = GrainType.Create(_factory.IsForObservers ? "observer" : NameOf(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        _maxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        FiltersItself = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute), inherit: true)
            ? Timeout.InfiniteTimeSpan
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? engine.Options.CollectionAge;
    }

    public EmbeddedEngine Engine { get; }

    public Type ClassType { get; }

    public GrainType Type { get; }

    public bool IsReentrant { get; }

    public bool IsStatelessWorker => _maxWorkers > 0;

    public TimeSpan CollectionAge { get; }

    /// <summary>The grain is itself a filter of the calls that it gets.</summary>
    public bool FiltersItself { get; }

    /// <summary>The binding of one of its interfaces; which one does not matter.</summary>
    public GrainBinding MainBinding => field ??= Engine.Catalog.BindMain(this);

    public IEnumerable<Activation> Activations =>
        _directory.Values.Concat(_pools.Values.SelectMany(pool => pool.Workers));

    /// <summary>The activation to send a request to; a new one if there is none.</summary>
    public Activation Resolve(string key)
    {
        if (_directory.TryGetValue(key, out var found))
        {
            return found;
        }
        if (IsStatelessWorker)
        {
            return _pools.GetOrAdd(key, static (key, self) => new WorkerPool(self, key, self._maxWorkers), this).Pick();
        }
        if (_factory.IsForObservers)
        {
            throw new InvalidOperationException($"The observer {Type}/{key} has been deleted.");
        }
        var fresh = new Activation(this, key, Engine.NextSequence());
        var winner = _directory.GetOrAdd(key, fresh);
        if (winner == fresh)
        {
            Engine.Born();
        }
        return winner;
    }

    public bool TryFind(string key, [NotNullWhen(true)] out Activation? activation) =>
        _directory.TryGetValue(key, out activation);

    /// <summary>Gives an existing object an address.</summary>
    public Activation Adopt(object instance)
    {
        var sequence = Engine.NextSequence();
        var activation = new Activation(this, sequence.ToString(CultureInfo.InvariantCulture), sequence, instance);
        _directory[activation.Key] = activation;
        Engine.Born();
        return activation;
    }

    public void Remove(Activation activation)
    {
        var removed = IsStatelessWorker
            ? _pools.TryGetValue(activation.Key, out var pool) && pool.Remove(activation)
            : _directory.TryRemove(KeyValuePair.Create(activation.Key, activation));
        if (removed)
        {
            Engine.Died();
        }
    }

    public ValueTask<object> CreateInstanceAsync(Activation activation) => _factory.CreateAsync(activation);

    private static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named)
        {
            return named.Name;
        }
        const string suffix = "grain";
#pragma warning disable CA1308 // Orleans' convention for names is lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length
            ? name[..^suffix.Length]
            : name;
    }
}
