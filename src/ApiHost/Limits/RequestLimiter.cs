using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
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

    public TokenBucket BucketOf(string callerKey) => _byCaller.Of(callerKey);

    /// <param name="answer">Null for a message over a connection whose answer has begun.</param>
    public Refusal? Admit(Caller caller, IHeaderDictionary? answer = null)
    {
        if (caller.Bucket.IsRetired)
        {
            caller.Bucket = BucketOf(caller.Key);
        }
        return Take(caller.Bucket, answer);
    }

    public Refusal? Admit(IPAddress? address, IHeaderDictionary answer) =>
        Take(_byAddress.Of(Network(address)), answer);

    /// <summary>Counts the body of a command against what its person may write in an hour. Machines and admins have no such limit.</summary>
    public Refusal? AdmitWriting(Caller caller, long bytes)
    {
        if (caller.Role is not (ActorRole.User or ActorRole.Model))
        {
            return null;
        }
        var allowance = _writtenByPerson.Of(caller.Id).Take(_written, _time.GetTimestamp(), bytes);
        return allowance.Admitted ? null : LimitRefusals.TooMuchWritten(ResetTime(allowance));
    }

    private Refusal? Take(TokenBucket bucket, IHeaderDictionary? answer)
    {
        var allowance = bucket.Take(_shape, _time.GetTimestamp());
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

    /// <summary>An IPv4 address, or the /64 network of an IPv6 one: whoever has one address of it has them all.</summary>
    private static UInt128 Network(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.Zero;
        }
        Span<byte> bytes = stackalloc byte[16];
        var mapped = address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address;
        mapped.TryWriteBytes(bytes, out _);
        var whole = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return mapped.IsIPv4MappedToIPv6 ? whole : whole >> 64;
    }
}
