namespace Actors.ApiHost.Operations;

/// <summary>Whether this host should get requests: from the first answer of a grain until it begins to stop.</summary>
internal sealed class Readiness
{
    private volatile bool _grainsAnswered;
    private volatile bool _draining;

    public Readiness(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.Register(Drain);

    public bool IsReady => _grainsAnswered && !_draining;

    public string Reason =>
        _draining ? "draining"
        : _grainsAnswered ? "ready"
        : "starting";

    public void Drain() => _draining = true;

    public void GrainsAnswered() => _grainsAnswered = true;
}
