using Actors.TestKit.Loops;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Actors.TestKit.Runtime;

/// <summary>One request to a grain, from the moment that somebody makes it.</summary>
/// <param name="caller">The process, or whoever outside of all, that waits for the answer.</param>
/// <param name="from">The activation that waits for it; null when something else does.</param>
internal abstract class Call(FaultDomain caller, Activation? from, GrainId target, IInvokable request)
{
    public FaultDomain Caller { get; } = caller;

    public Activation? From { get; } = from;

    public GrainId Target { get; } = target;

    public IInvokable Request { get; } = request;

    public string Method { get; } = request.GetMethodName();

    public InvokeMethodOptions Options { get; init; }

    /// <summary>The activation that it is on its way to, where there was one when it left; it is lost with it.</summary>
    public Activation? Addressee { get; set; }

    /// <summary>Goes off when no answer has come for too long.</summary>
    public ITimer? Patience { get; set; }

    /// <summary>Called once somebody need no longer wait.</summary>
    public Action? Over { get; init; }

    public bool IsOneWay => (Options & InvokeMethodOptions.OneWay) != 0;

    public bool IsReadOnly => (Options & InvokeMethodOptions.ReadOnly) != 0;

    public bool AlwaysInterleaves => (Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    public bool IsOver { get; private set; }

    /// <summary>False when whoever has made it is gone.</summary>
    public bool IsWaitedFor => Caller.IsAlive && From is not { IsAlive: false };

    public void Complete(Response response)
    {
        if (IsOver)
        {
            return;
        }
        IsOver = true;
        Patience?.Dispose();
        Over?.Invoke();
        Settle(response);
    }

    public override string ToString() => $"{(object?)From ?? Caller} -> {Target}.{Method}";

    protected abstract void Settle(Response response);
}

/// <summary>Whoever awaits it goes on where he was, because an await captures its scheduler.</summary>
internal sealed class Call<TResult>(FaultDomain caller, Activation? from, GrainId target, IInvokable request)
    : Call(caller, from, target, request)
{
    private readonly TaskCompletionSource<TResult?> _answer = new();

    public Task<TResult?> Answer => _answer.Task;

    protected override void Settle(Response response)
    {
        if (response.Exception is { } exception)
        {
            _answer.SetException(exception);
        }
        else
        {
            _answer.SetResult(response is Response<TResult> typed ? typed.TypedResult : (TResult?)response.Result);
        }
    }
}
