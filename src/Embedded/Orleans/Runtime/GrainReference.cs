using Actors.Embedded;
using Actors.Embedded.Generated;

namespace Orleans.Runtime;

/// <summary>An address that can be called. Generated classes derive from it, one for each grain interface.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    // The activation that served last; only a shortcut, for it may have ended since.
    private Activation? _target;

    protected GrainReference(GrainBinding binding, string key)
    {
        ArgumentNullException.ThrowIfNull(binding);
        Binding = binding;
        Key = key;
    }

    public GrainId GrainId => GrainId.Create(Binding.Class.Type, Key);

    internal GrainBinding Binding { get; }

    internal string Key { get; }

    internal EmbeddedEngine Engine => Binding.Class.Engine;

    public bool Equals(GrainReference? other) =>
        other is not null && Binding.Class == other.Binding.Class && Key == other.Key;

    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    public sealed override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"{Binding.Interface.Type.Name}({GrainId})";

    internal Activation Target
    {
        get
        {
            if (_target is { IsDead: false } target)
            {
                return target;
            }
            target = Binding.Class.Resolve(Key);
            _target = Binding.Class.IsStatelessWorker ? null : target;
            return target;
        }
    }

    internal void AimAt(Activation activation) => _target = Binding.Class.IsStatelessWorker ? null : activation;

    protected Task InvokeTask<TCall>(GrainMethod method, in TCall call, CancellationToken cancellation = default)
        where TCall : struct, IGrainCall<Task> =>
        CallPath<TCall, Task, NoResult, TaskOutcome>.Send(this, method, call, cancellation);

    protected Task<TResult> InvokeTask<TCall, TResult>(
        GrainMethod method,
        in TCall call,
        CancellationToken cancellation = default
    )
        where TCall : struct, IGrainCall<Task<TResult>> =>
        CallPath<TCall, Task<TResult>, TResult, TaskOutcome<TResult>>.Send(this, method, call, cancellation);

    protected ValueTask InvokeValueTask<TCall>(
        GrainMethod method,
        in TCall call,
        CancellationToken cancellation = default
    )
        where TCall : struct, IGrainCall<ValueTask> =>
        CallPath<TCall, ValueTask, NoResult, ValueTaskOutcome>.Send(this, method, call, cancellation);

    protected internal ValueTask<TResult> InvokeValueTask<TCall, TResult>(
        GrainMethod method,
        in TCall call,
        CancellationToken cancellation = default
    )
        where TCall : struct, IGrainCall<ValueTask<TResult>> =>
        CallPath<TCall, ValueTask<TResult>, TResult, ValueTaskOutcome<TResult>>.Send(this, method, call, cancellation);

    protected IAsyncEnumerable<T> InvokeStream<T>(GrainMethod method, Func<object, IAsyncEnumerable<T>> open) =>
        new GrainStream<T>(this, method, open);
}
