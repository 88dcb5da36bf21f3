using Actors.Embedded.Generated;

namespace Actors.Embedded;

/// <summary>A call on its way through filters. A filter may pass it on more than once.</summary>
internal abstract class CallContext<TFilter>(
    IReadOnlyList<TFilter> filters,
    GrainMethod method,
    Func<Task<object?>> proceed
) : IGrainCallContext
{
    private int _stage;

    public abstract object Grain { get; }

    public abstract GrainId? SourceId { get; }

    public abstract GrainId TargetId { get; }

    public string InterfaceName => method.InterfaceName;

    public string MethodName => method.Name;

    public object? Result { get; set; }

    public TResult ResultAs<TResult>() => Result is null ? default! : (TResult)Result;

    public async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            if (stage < filters.Count)
            {
                await Invoke(filters[stage]);
            }
            else
            {
                Result = await proceed();
            }
        }
        finally
        {
            _stage = stage;
        }
    }

    protected abstract Task Invoke(TFilter filter);
}

internal sealed class IncomingCallContext(
    Activation target,
    GrainMethod method,
    GrainId? sourceId,
    Func<Task<object?>> proceed
) : CallContext<IIncomingGrainCallFilter>(FiltersOf(target), method, proceed), IIncomingGrainCallContext
{
    public override object Grain => target.GrainInstance!;

    public override GrainId? SourceId => sourceId;

    public override GrainId TargetId => target.GrainId;

    public IGrainContext TargetContext => target;

    protected override Task Invoke(IIncomingGrainCallFilter filter) => filter.Invoke(this);

    private static IIncomingGrainCallFilter[] FiltersOf(Activation target) =>
        target.GrainInstance is IIncomingGrainCallFilter self
            ? [.. target.Engine.IncomingFilters, self]
            : target.Engine.IncomingFilters;
}

internal sealed class OutgoingCallContext(
    GrainReference target,
    GrainMethod method,
    Activation? source,
    Func<Task<object?>> proceed
) : CallContext<IOutgoingGrainCallFilter>(target.Engine.OutgoingFilters, method, proceed), IOutgoingGrainCallContext
{
    public override object Grain => target;

    public override GrainId? SourceId => source?.GrainId;

    public override GrainId TargetId => target.GrainId;

    public IGrainContext? SourceContext => source;

    protected override Task Invoke(IOutgoingGrainCallFilter filter) => filter.Invoke(this);
}
