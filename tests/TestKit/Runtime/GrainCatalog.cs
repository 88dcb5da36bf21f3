using System.Collections.Concurrent;
using System.Reflection;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.TypeSystem;

namespace Actors.TestKit.Runtime;

/// <summary>
/// What the compiled grains say about themselves: their classes, the ids that a silo would give them, their proxies and
/// serializers. Made once for each set of assemblies and shared by all simulations.
/// </summary>
internal sealed class GrainCatalog
{
    private static readonly ConcurrentDictionary<string, GrainCatalog> Made = new();

    private readonly Dictionary<GrainInterfaceType, ConstructorInvoker> _proxies = [];
    private readonly Dictionary<Type, GrainInterfaceType> _interfaces = [];
    private readonly Dictionary<Type, List<GrainClass>> _implementations = [];
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly IServiceProvider _services;
    private readonly CodecProvider _codecs;
    private readonly CopyContextPool _copies;
    private readonly Serializer _serializer;

    private GrainCatalog(IReadOnlyList<Assembly> assemblies)
    {
        _services = new ServiceCollection()
            .AddSerializer(serializer =>
            {
                serializer.AddAssembly(typeof(GrainReference).Assembly);
                serializer.AddAssembly(typeof(IRemindable).Assembly);
                foreach (var assembly in assemblies)
                {
                    serializer.AddAssembly(assembly);
                }
            })
            .Configure<ExceptionSerializationOptions>(static options =>
                options.SupportedNamespacePrefixes.Add("Actors")
            )
            .BuildServiceProvider();
        _codecs = _services.GetRequiredService<CodecProvider>();
        _copies = _services.GetRequiredService<CopyContextPool>();
        _serializer = _services.GetRequiredService<Serializer>();
        Copier = _services.GetRequiredService<DeepCopier>();
        var manifest = _services.GetRequiredService<IOptions<TypeManifestOptions>>().Value;
        var types = _services.GetRequiredService<TypeConverter>();
        AddProxies(manifest, types);
        AddClasses(manifest.InterfaceImplementations.Where(type => assemblies.Contains(type.Assembly)), types);
    }

    public DeepCopier Copier { get; }

    /// <summary>The product's grains, and those of further assemblies.</summary>
    public static GrainCatalog Of(IReadOnlyList<Assembly> more)
    {
        Assembly[] all = [typeof(Refusal).Assembly, typeof(DurableGrains).Assembly, .. more];
        return Made.GetOrAdd(string.Join(' ', all.Select(static assembly => assembly.FullName)), _ => new(all));
    }

    public GrainClass ClassOf(GrainType type) =>
        _classes.TryGetValue(type, out var found) ? found : throw new ArgumentException($"No grain is called {type}.");

    public GrainInterfaceType IdOf(Type grainInterface) =>
        _interfaces.TryGetValue(grainInterface, out var id)
            ? id
            : throw new ArgumentException($"{grainInterface} is no interface of a known grain.");

    public GrainType GrainFor(Type grainInterface, string? prefix) =>
        (
            prefix is null
                ? _implementations[grainInterface].Single()
                : _implementations[grainInterface]
                    .Single(grain => grain.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))
        ).GrainType;

    /// <summary>Makes references to grains of one kind, by one of their interfaces.</summary>
    public Func<IdSpan, GrainReference> ReferencesTo(
        GrainType grain,
        GrainInterfaceType grainInterface,
        IGrainReferenceRuntime runtime
    )
    {
        var shared = new GrainReferenceShared(
            grain,
            grainInterface,
            0,
            runtime,
            InvokeMethodOptions.None,
            _codecs,
            _copies,
            _services
        );
        if (grainInterface.IsDefault)
        {
            return key => new UntypedReference(shared, key);
        }
        var proxy = _proxies[grainInterface];
        return key => (GrainReference)proxy.Invoke(shared, key)!;
    }

    /// <summary>What is left of a message after it went from one process to another.</summary>
    public T RoundTripped<T>(T message)
        where T : class => (T)_serializer.Deserialize<object>(_serializer.SerializeToArray<object>(message))!;

    private void AddProxies(TypeManifestOptions manifest, TypeConverter types)
    {
        var ids = new GrainInterfaceTypeResolver([new AttributeGrainInterfaceTypeProvider(_services)], types);
        foreach (
            var proxy in manifest.InterfaceProxies.Where(static proxy =>
                typeof(IAddressable).IsAssignableFrom(proxy) && !proxy.IsGenericType
            )
        )
        {
            var own = proxy.GetInterfaces().Aggregate(static (best, next) => best.IsAssignableFrom(next) ? next : best);
            var constructor = proxy.GetConstructor(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
                [typeof(GrainReferenceShared), typeof(IdSpan)]
            );
            _interfaces[own] = ids.GetGrainInterfaceType(own);
            _proxies[_interfaces[own]] = ConstructorInvoker.Create(constructor!);
        }
    }

    private void AddClasses(IEnumerable<Type> types, TypeConverter converter)
    {
        var ids = new GrainTypeResolver([new AttributeGrainTypeProvider(_services)], converter);
        foreach (var type in types.Where(static type => !type.IsAbstract && !type.IsGenericType))
        {
            if (type.IsDefined(typeof(MayInterleaveAttribute), inherit: true))
            {
                throw new NotSupportedException($"{type} decides itself what may interleave, which is not simulated.");
            }
            var grain = new GrainClass(
                type,
                ids.GetGrainType(type),
                type.IsDefined(typeof(ReentrantAttribute), inherit: true),
                ActivatorUtilities.CreateFactory(type, [typeof(IGrainContext)])
            );
            _classes.Add(grain.GrainType, grain);
            foreach (var grainInterface in type.GetInterfaces().Where(_interfaces.ContainsKey))
            {
                if (!_implementations.TryGetValue(grainInterface, out var grains))
                {
                    _implementations.Add(grainInterface, grains = []);
                }
                grains.Add(grain);
            }
        }
    }

    private sealed class UntypedReference(GrainReferenceShared shared, IdSpan key) : GrainReference(shared, key);
}

/// <param name="IsReentrant">Whether all of its requests may interleave.</param>
/// <param name="Create">Makes the grain, given its context.</param>
internal sealed record GrainClass(Type Type, GrainType GrainType, bool IsReentrant, ObjectFactory Create);
