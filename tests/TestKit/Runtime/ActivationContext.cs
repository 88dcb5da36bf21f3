using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.TestKit.Runtime;

/// <summary>An activation as its grain sees it.</summary>
internal sealed class ActivationContext(Activation activation, SimulatedSilo silo) : IGrainContext, IWorkItemScheduler
{
    public Activation Activation { get; } = activation;

    public GrainLifecycle Lifecycle { get; } = new();

    public GrainReference GrainReference => field ??= silo.ReferenceTo(GrainId, default);

    public GrainId GrainId => Activation.GrainId;

    public object? GrainInstance => Activation.Grain;

    public ActivationId ActivationId { get; } = new(new Guid(activation.Number, 0, 0, new byte[8]));

    public GrainAddress Address =>
        new()
        {
            GrainId = GrainId,
            ActivationId = ActivationId,
            SiloAddress = silo.SiloAddress,
        };

    public IServiceProvider ActivationServices => silo.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public IWorkItemScheduler Scheduler => this;

    public Task Deactivated => Activation.Deactivated;

    public GrainInterfaceType InterfaceTypeOf(Type grainInterface) => silo.Catalog.IdOf(grainInterface);

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) =>
        componentType.IsInstanceOfType(this) ? this
        : componentType.IsInstanceOfType(GrainInstance) ? GrainInstance
        : ActivationServices.GetService(componentType);

    public TComponent? GetComponent<TComponent>()
        where TComponent : class => (TComponent?)GetComponent(typeof(TComponent));

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => throw new NotSupportedException("No grain here has components.");

    public void ReceiveMessage(object message) => Activation.Receive((Call)message);

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) { }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        Activation.Deactivate(deactivationReason);

    public void Rehydrate(IRehydrationContext context) { }

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) { }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => Activation.Number;

    public void QueueAction(Action action) => Activation.Post(action);

    public void QueueAction(Action<object> action, object state) => Activation.Post(() => action(state));

    public void QueueTask(Task task) => task.Start(Activation);

    internal sealed class GrainLifecycle() : LifecycleSubject(NullLogger.Instance), IGrainLifecycle
    {
        public void AddMigrationParticipant(IGrainMigrationParticipant participant) { }

        public void RemoveMigrationParticipant(IGrainMigrationParticipant participant) { }
    }
}
