using System.Net;
using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Limits;

/// <summary>Admits or refuses a request by its caller's allowance and tells the caller how much is left.</summary>
internal sealed class RequestLimiter
{
    private readonly TimeProvider _time;
    private readonly BucketShape _shape;
    private readonly BucketTable<string> _byCaller;
    private readonly BucketTable<UInt128> _byAddress;
    private readonly LimitHeaders _headers;

    public RequestLimiter(LimitOptions options, TimeProvider time)
    {
        _time = time;
        _shape = new BucketShape(Math.Max(1, time.TimestampFrequency * 60 / options.RequestsPerMinute), options.Burst);
        _byCaller = new BucketTable<string>(options.TrackedCallers, time.GetTimestamp);
        _byAddress = new BucketTable<UInt128>(options.TrackedCallers, time.GetTimestamp);
        _headers = new LimitHeaders(options, _shape, time.TimestampFrequency);
    }

    public TokenBucket BucketOf(string callerId) => _byCaller.Of(callerId);

    /// <param name="answer">Null for a message over a connection whose answer has begun.</param>
    public Refusal? Admit(Caller caller, IHeaderDictionary? answer = null)
    {
        if (caller.Bucket.IsRetired)
        {
            caller.Bucket = BucketOf(caller.Id);
        }
        return Take(caller.Bucket, answer);
    }

    /// <summary>Takes what a request costs beyond the one that it was admitted for.</summary>
    public Refusal? Charge(Caller caller, int requests, IHeaderDictionary? answer = null) =>
        // Nothing may cost more than a full bucket holds.
        Take(caller.Bucket, answer, Math.Min(requests, _shape.Burst - 1));

    public Refusal? Admit(IPAddress? address, IHeaderDictionary? answer) =>
        Take(_byAddress.Of(NetworkOf.Address(address)), answer);

    /// <summary>Gives back what an address was admitted for.</summary>
    public void GiveBack(IPAddress? address) => _byAddress.Of(NetworkOf.Address(address)).GiveBack(_shape);

    private Refusal? Take(TokenBucket bucket, IHeaderDictionary? answer, int requests = 1)
    {
        var allowance = bucket.Take(_shape, _time.GetTimestamp(), requests);
        if (answer is not null)
        {
            _headers.Write(answer, allowance);
        }
        if (allowance.Admitted)
        {
            return null;
        }
        var wait = TimeSpan.FromSeconds((double)allowance.UntilNext / _time.TimestampFrequency);
        return LimitRefusals.TooManyRequests(_time.GetUtcNow() + wait);
    }
}
