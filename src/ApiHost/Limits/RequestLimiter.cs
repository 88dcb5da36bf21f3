using System.Net;
using Actors.ApiHost.Auth;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Limits;

/// <summary>Admits or refuses a request by its caller's allowance and tells the caller how much is left.</summary>
internal sealed class RequestLimiter
{
    private readonly TimeProvider _time;
    private readonly BucketShape _shape;
    private readonly BucketShape _written;
    private readonly BucketTable<string> _byCaller;
    private readonly BucketTable<string> _writtenByPerson;
    private readonly BucketTable<UInt128> _byAddress;
    private readonly LimitHeaders _headers;

    public RequestLimiter(LimitOptions options, TimeProvider time)
    {
        _time = time;
        _shape = new BucketShape(Math.Max(1, time.TimestampFrequency * 60 / options.RequestsPerMinute), options.Burst);
        _byCaller = new BucketTable<string>(options.TrackedCallers, time.GetTimestamp);
        _written = new BucketShape(
            Math.Max(1, time.TimestampFrequency * 3600 / options.BytesPerHour),
            options.BytesPerHour
        );
        _writtenByPerson = new BucketTable<string>(options.TrackedCallers, time.GetTimestamp);
        _byAddress = new BucketTable<UInt128>(options.TrackedCallers, time.GetTimestamp);
        _headers = new LimitHeaders(options, _shape, time.TimestampFrequency);
    }

    public Caller CallerOf(TokenSubject subject) => new(subject, _byCaller.Of(Caller.KeyOf(subject.Role, subject.Id)));

    /// <param name="answer">Null for a message over a connection whose answer has begun.</param>
    public Refusal? Admit(Caller caller, IHeaderDictionary? answer = null)
    {
        if (caller.Bucket.IsRetired)
        {
            caller.Bucket = _byCaller.Of(caller.Key);
        }
        return Take(caller.Bucket, answer);
    }

    /// <summary>Takes what a request costs beyond the one that it was admitted for.</summary>
    public Refusal? Charge(Caller caller, int requests, IHeaderDictionary? answer = null) =>
        // Nothing may cost more than a full bucket holds.
        Take(caller.Bucket, answer, Math.Min(requests, _shape.Burst - 1));

    /// <summary>Counts the body of a command against what its person may write in an hour. Machines and admins have no such limit.</summary>
    public Refusal? AdmitWriting(Caller caller, long bytes)
    {
        if (caller.Role is not (ActorRole.User or ActorRole.Model))
        {
            return null;
        }
        if (caller.Written is not { IsRetired: false } bucket)
        {
            caller.Written = bucket = _writtenByPerson.Of(caller.Id);
        }
        var allowance = bucket.Take(_written, _time.GetTimestamp(), bytes);
        return allowance.Admitted ? null : LimitRefusals.TooMuchWritten(ResetTime(allowance));
    }

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
        return LimitRefusals.TooManyRequests(ResetTime(allowance));
    }

    private DateTimeOffset ResetTime(in Allowance allowance) =>
        _time.GetUtcNow() + TimeSpan.FromSeconds((double)allowance.UntilNext / _time.TimestampFrequency);
}
