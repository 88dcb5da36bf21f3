namespace Actors.ApiHost.Calls;

/// <summary>
/// Ends the wait for a grain of a cluster when its request's time is up. Orleans looks for late answers once a second, which
/// is too coarse for two seconds; so its own limit only clears up behind this one.
/// </summary>
/// <remarks>
/// The call is given up, not the handler: a handler that went on alone would find another request in its context.
/// Methods that say by <c>[ResponseTimeout]</c> how long they take are waited for as long.
/// </remarks>
internal sealed class CallPatience(TimeProvider time) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        CallDeadline.Current is { } deadline
            ? context.Invoke().WaitAsync(context.Request.GetDefaultResponseTimeout() ?? deadline.Left, time)
            : context.Invoke();
}
