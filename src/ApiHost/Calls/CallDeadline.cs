namespace Actors.ApiHost.Calls;

/// <summary>When the request that runs here must be answered, however many grains it asks; null where nobody waits so.</summary>
internal sealed class CallDeadline(TimeProvider time)
{
    /// <summary>A caller is answered within two seconds; this leaves room for the way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    private static readonly AsyncLocal<CallDeadline?> OfThisRequest = new();

    private readonly long _startedAt = time.GetTimestamp();

    public static CallDeadline? Current
    {
        get => OfThisRequest.Value;
        set => OfThisRequest.Value = value;
    }

    public TimeSpan Left
    {
        get
        {
            var left = Patience - time.GetElapsedTime(_startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
