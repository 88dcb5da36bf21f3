using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Serialization.Invocation;

namespace Actors.TestKit.Runtime;

/// <summary>A request on its way through the filters of its silo, the first one outermost.</summary>
internal sealed class FilteredCall(Activation target, Call call, IReadOnlyList<IIncomingGrainCallFilter> filters)
    : IIncomingGrainCallContext
{
    private int _passed;

    public IInvokable Request => call.Request;

    public object Grain => target.Grain!;

    public GrainId? SourceId => call.From?.GrainId;

    public GrainId TargetId => target.GrainId;

    public GrainInterfaceType InterfaceType => target.Context.InterfaceTypeOf(call.Request.GetInterfaceType());

    public string InterfaceName => call.Request.GetInterfaceName();

    public string MethodName => call.Method;

    public MethodInfo InterfaceMethod => call.Request.GetMethod();

    public MethodInfo ImplementationMethod =>
        target.Grain!.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!) is var map
            ? map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)]
            : InterfaceMethod;

    public IGrainContext TargetContext => target.Context;

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public async Task<Response> InvokeAllAsync()
    {
        await Invoke();
        return Response ?? Response.Completed;
    }

    public async Task Invoke()
    {
        if (_passed < filters.Count)
        {
            await filters[_passed++].Invoke(this);
            return;
        }
        Response = await call.Request.Invoke();
        if (Response.Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }
}
