using System.Net;
using Actors.TestKit.Loops;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Timers;

namespace Actors.TestKit.Runtime;

/// <summary>One process' share of Orleans: which grains are activated, and how long.</summary>
internal sealed class SimulatedSilo : IGrainRuntime
{
    private readonly SiloSurroundings _surroundings;
    private readonly Dictionary<(GrainId Grain, int Side), Activation> _activations = [];
    private readonly HashSet<GrainId> _split = [];
    private readonly Dictionary<(GrainType, GrainInterfaceType), Func<IdSpan, GrainReference>> _references = [];
    private ITimer? _collecting;
    private int _activated;
    private bool _stopping;

    public SimulatedSilo(SiloSurroundings surroundings, IServiceProvider services)
    {
        (_surroundings, ServiceProvider) = (surroundings, services);
        GrainFactory = new SimulatedGrainFactory(this);
        Messaging = new Messaging(this, surroundings);
        Filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
    }

    public FaultDomain Process => _surroundings.Process;

    public GrainCatalog Catalog => _surroundings.Catalog;

    public IReadOnlyList<IIncomingGrainCallFilter> Filters { get; }

    public Messaging Messaging { get; }

    /// <summary>The grains that are in memory now, oldest first.</summary>
    public IReadOnlyList<GrainId> Activated =>
        [
            .. _activations
                .Values.OrderBy(static activation => activation.Number)
                .Select(static activation => activation.GrainId)
                .Distinct(),
        ];

    public string SiloIdentity => Process.Name;

    public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);

    public IGrainFactory GrainFactory { get; }

    public ITimerRegistry TimerRegistry { get; } = new GrainTimers();

    public IServiceProvider ServiceProvider { get; }

    public TimeProvider TimeProvider => Process.Time;

    public void Start() =>
        _collecting = Process.Time.CreateTimer(
            _ => Collect(_surroundings.CollectionAge),
            null,
            _surroundings.CollectionQuantum,
            _surroundings.CollectionQuantum
        );

    /// <summary>Ends all activations in good order; nothing is activated any more.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        _collecting?.Dispose();
        return DeactivateAllAsync();
    }

    /// <summary>Ends all activations in good order, as soon as nobody waits in them.</summary>
    public Task DeactivateAllAsync()
    {
        Activation[] all = [.. _activations.Values.OrderBy(static activation => activation.Number)];
        foreach (var activation in all)
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Put away."));
        }
        return Task.WhenAll(all.Select(static activation => activation.Deactivated));
    }

    /// <summary>
    /// A grain vanishes as with the server that it was on: in the middle of a turn, with what is on its way to it and from it.
    /// </summary>
    /// <param name="areTold">Whether those who wait for it hear of it; else they wait in vain.</param>
    /// <returns>Whether there was such a grain.</returns>
    public bool Crash(GrainId grain, bool areTold)
    {
        if (!_activations.Remove((grain, Side: 0), out var activation))
        {
            return false;
        }
        activation.Crash(call =>
        {
            if (areTold)
            {
                Messaging.Reject(call, "the server of the grain is gone");
            }
        });
        return true;
    }

    /// <summary>Two activations of one grain live beside each other for a while, and a call reaches the one or the other.</summary>
    /// <param name="healed">Called when neither is left.</param>
    public void Split(GrainId grain, TimeSpan lasts, Action healed)
    {
        _split.Add(grain);
        Process.Time.CreateTimer(_ => Heal(grain, healed), null, lasts, Timeout.InfiniteTimeSpan);
    }

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "When idle."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) =>
        throw new NotSupportedException("Grains here are put away when their time has come.");

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) =>
        throw new NotSupportedException("Grains here keep their state in the journal.");

    public GrainReference ReferenceTo(GrainId grain, GrainInterfaceType grainInterface)
    {
        if (!_references.TryGetValue((grain.Type, grainInterface), out var make))
        {
            make = Catalog.ReferencesTo(grain.Type, grainInterface, Messaging);
            _references.Add((grain.Type, grainInterface), make);
        }
        return make(grain.Key);
    }

    /// <summary>Completes a little later, when chance has it.</summary>
    public Task HopAsync()
    {
        var hop = new TaskCompletionSource();
        Process.Post(hop.SetResult, WorkKind.Message);
        return hop.Task;
    }

    public void Remark(string what) => _surroundings.Remark(what);

    public void Forget(Activation activation)
    {
        foreach (var side in (int[])[0, 1])
        {
            if (_activations.GetValueOrDefault((activation.GrainId, side)) == activation)
            {
                _activations.Remove((activation.GrainId, side));
            }
        }
    }

    /// <summary>The activation that a call would reach now; null when there is none, or when chance has to decide.</summary>
    public Activation? Find(GrainId grain) =>
        _split.Contains(grain) ? null : _activations.GetValueOrDefault((grain, Side: 0));

    /// <summary>The activation that a call reaches; null when it would be a new one, and the silo stops.</summary>
    public Activation? ActivationFor(GrainId grain)
    {
        var place = (grain, Side: _split.Contains(grain) ? _surroundings.Chance.Below(2) : 0);
        if (!_activations.TryGetValue(place, out var activation) && !_stopping)
        {
            _activations[place] = activation = new Activation(this, grain, ++_activated);
        }
        return activation;
    }

    private void Collect(TimeSpan age)
    {
        var before = Process.Loop.Clock.Elapsed - age;
        foreach (var activation in _activations.Values.OrderBy(static activation => activation.Number))
        {
            if (activation.IsIdle && activation.UsedAt <= before)
            {
                activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Not used."));
            }
        }
    }

    /// <summary>Both end: neither can know which of them has written what came last.</summary>
    private void Heal(GrainId grain, Action healed)
    {
        _split.Remove(grain);
        Activation[] both = [.. _activations.Values.Where(activation => activation.GrainId == grain)];
        foreach (var activation in both)
        {
            activation.Deactivate(
                new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "There were two.")
            );
        }
        _ = WhenGoneAsync();

        async Task WhenGoneAsync()
        {
            await Task.WhenAll(both.Select(static activation => activation.Deactivated));
            healed();
        }
    }
}
