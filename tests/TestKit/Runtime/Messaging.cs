using Actors.TestKit.Loops;
using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Actors.TestKit.Runtime;

/// <summary>Brings requests to grains, and their answers back: the one place that every reference comes to with its call.</summary>
internal sealed class Messaging(SimulatedSilo silo, SiloSurroundings surroundings) : IGrainReferenceRuntime
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<long, Call> _asked = [];
    private long _sent;

    /// <summary>How many requests from outside of all processes have no answer yet.</summary>
    public int AskedFromOutside => _asked.Count;

    private FaultDomain Process => surroundings.Process;

    private SimulationLoop Loop => surroundings.Process.Loop;

    public ValueTask<T?> InvokeMethodAsync<T>(
        GrainReference reference,
        IInvokable request,
        InvokeMethodOptions options
    ) => new(Send<T>(reference, request, options).Answer);

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        new(Send<object>(reference, request, options).Answer);

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        Send<object>(reference, request, options | InvokeMethodOptions.OneWay);

    public object Cast(IAddressable grain, Type interfaceType) =>
        interfaceType.IsInstanceOfType(grain)
            ? grain
            : silo.ReferenceTo(grain.GetGrainId(), surroundings.Catalog.IdOf(interfaceType));

    /// <summary>To be called when the process has died: whoever asked from outside hears of it.</summary>
    public void Abandon(Exception? reason = null)
    {
        foreach (var call in _asked.Values.ToArray())
        {
            call.Complete(reason is null ? Unavailable("the process has died") : Response.FromException(reason));
        }
    }

    public void Deliver(Call call)
    {
        if (call.From is { IsAlive: false } && surroundings.Chance.OneIn(2))
        {
            surroundings.Remark($"lost with its sender: {call}");
        }
        else if (call.Addressee is { IsAlive: false })
        {
            surroundings.Remark($"lost with its receiver: {call}");
            if (surroundings.Chance.OneIn(2))
            {
                Reject(call, "the server of the grain is gone");
            }
        }
        else if (silo.ActivationFor(call.Target) is { } activation)
        {
            activation.Receive(call);
        }
        else
        {
            Reject(call, "the silo stops");
        }
    }

    /// <summary>Tells whoever waits that nobody will ever answer.</summary>
    public void Reject(Call call, string why) => Process.Post(() => call.Complete(Unavailable(why)), WorkKind.Message);

    public void Answer(Activation from, Call call, Response response)
    {
        if (call.IsOneWay || call.IsOver)
        {
            return;
        }
        var copy = Copied(response);
        Travel(
            call,
            isAnswer: true,
            () =>
            {
                if (call.IsWaitedFor && (from.IsAlive || surroundings.Chance.OneIn(2)))
                {
                    call.Complete(copy);
                }
            },
            twin: null
        );
    }

    private static Response Unavailable(string why) => Response.FromException(new SiloUnavailableException(why));

    private Call<T> Send<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        Loop.AssertOwnThread();
        if (surroundings.RoundTrips)
        {
            request = surroundings.Catalog.RoundTripped(request);
        }
        var from = Loop.Current as Activation;
        var caller = from is null ? Loop.Current as FaultDomain ?? surroundings.Outside : Process;
        var number = ++_sent;
        var isOneWay = (options & InvokeMethodOptions.OneWay) != 0;
        var call = new Call<T>(caller, from, reference.GrainId, request)
        {
            Options = options,
            Over = caller == surroundings.Outside && !isOneWay ? () => _asked.Remove(number) : null,
        };
        if (isOneWay || !Process.IsAlive)
        {
            call.Complete(isOneWay ? Response.Completed : Unavailable("the process has died"));
        }
        else
        {
            if (call.Over is not null)
            {
                _asked.Add(number, call);
            }
            call.Patience = caller.Time.CreateTimer(
                static call => TimeOut((Call)call!),
                call,
                ResponseTimeout,
                Timeout.InfiniteTimeSpan
            );
        }
        call.Addressee = silo.Find(call.Target);
        Travel(call, isAnswer: false, () => Deliver(call), () => Twin(call));
        return call;
    }

    private static void TimeOut(Call call) =>
        call.Complete(
            Response.FromException(
                new TimeoutException($"Response did not arrive on time in {ResponseTimeout}: {call}")
            )
        );

    /// <summary>The same request once more, whose answer nobody waits for. Copied before a grain can change it.</summary>
    private Action Twin(Call call)
    {
        var request = surroundings.Catalog.Copier.Copy<object>(call.Request);
        var twin = new Call<object>(call.Caller, call.From, call.Target, (IInvokable)request)
        {
            Options = call.Options | InvokeMethodOptions.OneWay,
        };
        return () => Deliver(twin);
    }

    private void Travel(Call call, bool isAnswer, Action arrive, Func<Action>? twin)
    {
        var message = new Message(call.From?.GrainId, call.Target, call.Method, call.Caller != Process, isAnswer);
        var fate = surroundings.Faults?.FateOf(message) ?? default;
        if (fate.IsLost)
        {
            surroundings.Remark($"lost: {(isAnswer ? "the answer to " : "")}{call}");
            return;
        }
        if (fate.TwinAfter is { } after && twin is not null)
        {
            surroundings.Remark($"doubled: {call}");
            Arrive(after, twin());
        }
        Arrive(fate.Delay, arrive);
    }

    private void Arrive(TimeSpan delay, Action arrive)
    {
        var work = new Work(Process, WorkKind.Message, null, static arrive => ((Action)arrive!)(), arrive);
        if (delay == TimeSpan.Zero)
        {
            Loop.Add(work);
        }
        else
        {
            Process.Time.CreateTimer(_ => Loop.Add(work), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    private Response Copied(Response response)
    {
        try
        {
            return surroundings.RoundTrips
                ? surroundings.Catalog.RoundTripped(response)
                : surroundings.Catalog.Copier.Copy(response)!;
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }
}
