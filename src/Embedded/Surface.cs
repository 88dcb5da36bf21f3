#pragma warning disable
namespace Actors.Embedded
{
    internal sealed class CallFrame
    {
        public static CallFrame? Current => null;
        public Activation? Activation { get; }
    }

    internal abstract class Activation : IGrainContext
    {
        public static Activation Of(object grain) => (Activation)((IGrainBase)grain).GrainContext;

        public abstract EmbeddedEngine Engine { get; }
        public abstract GrainId GrainId { get; }
        public abstract GrainReference GrainReference { get; }
        public abstract object? GrainInstance { get; }
        public abstract IServiceProvider ActivationServices { get; }
        public abstract Task Deactivated { get; }

        public abstract void Deactivate(
            DeactivationReason deactivationReason,
            CancellationToken cancellationToken = default
        );

        public abstract void DelayDeactivation(TimeSpan timeSpan);

        public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);
    }

    internal abstract class GrainTimer : IGrainTimer
    {
        public static GrainTimer Start(Activation a, Func<CancellationToken, Task> c, GrainTimerCreationOptions o) =>
            throw new NotSupportedException();

        public abstract void Change(TimeSpan dueTime, TimeSpan period);

        public abstract void Dispose();
    }

    internal abstract class ReminderService
    {
        public abstract Task<IGrainReminder> RegisterAsync(
            GrainId grain,
            string name,
            TimeSpan dueTime,
            TimeSpan period
        );

        public abstract Task UnregisterAsync(IGrainReminder reminder);

        public abstract IGrainReminder? Find(GrainId grain, string name);

        public abstract List<IGrainReminder> FindAll(GrainId grain);
    }

    public abstract class EmbeddedEngine : IClusterClient
    {
        internal abstract ReminderService Reminders { get; }
        internal abstract GrainReference CreateReference(Type type, GrainId id);
        public abstract IServiceProvider ServiceProvider { get; }
        public abstract TGrainInterface GetGrain<TGrainInterface>(
            string primaryKey,
            string? grainClassNamePrefix = null
        )
            where TGrainInterface : IGrainWithStringKey;
        public abstract TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithGuidKey;
        public abstract TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithIntegerKey;
        public abstract TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
            where TGrainInterface : IAddressable;
        public abstract TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;
        public abstract void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;
    }
}

namespace Orleans.Runtime
{
    public abstract class GrainReference : IAddressable
    {
        internal Actors.Embedded.EmbeddedEngine Engine { get; } = null!;
        public GrainId GrainId { get; }
    }
}
