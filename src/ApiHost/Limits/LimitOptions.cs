using Actors.Hosting;

namespace Actors.ApiHost.Limits;

/// <summary>
/// What one caller may ask for. <c>Limits:RequestsPerMinute</c> is the lasting rate, <c>Limits:Burst</c> how many of them
/// may come at once, <c>Limits:BodyBytes</c> the largest body, <c>Limits:BytesPerHour</c> how much text a person may send, <c>Limits:Connections</c> how many connections
/// may be open, <c>Limits:TrackedCallers</c> how many callers are
/// remembered.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>Requests per minute and caller; 600 unless set, 1 to 1,000,000,000.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Requests at once; as many as a minute allows unless set, 1 to what a day allows.</summary>
    public int Burst { get; init; } = 600;

    /// <summary>Bytes of a request body; 65,536 unless set, 1,024 to 16,777,216.</summary>
    public int BodyBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes of bodies per hour and person, for users and models; 16 MiB unless set, 65,536 to 1 GiB. What commands write for good is
    /// in proportion to it.
    /// </summary>
    public int BytesPerHour { get; init; } = 16 << 20;

    /// <summary>Connections open at once; 20,000 unless set, 10 to 1,000,000. More are closed unanswered.</summary>
    public int Connections { get; init; } = 20_000;

    /// <summary>Callers whose use is remembered, each about 150 bytes; 100,000 unless set, 1,000 to 10,000,000.</summary>
    public int TrackedCallers { get; init; } = 100_000;

    public static LimitOptions Read(IConfiguration settings)
    {
        const int most = 1_000_000_000;
        var perMinute = settings.WholeNumber("Limits:RequestsPerMinute", 600, 1, most);
        return new LimitOptions
        {
            RequestsPerMinute = perMinute,
            Burst = settings.WholeNumber("Limits:Burst", perMinute, 1, (int)Math.Min(most, perMinute * 1440L)),
            BodyBytes = settings.WholeNumber("Limits:BodyBytes", 64 * 1024, 1024, 16 * 1024 * 1024),
            BytesPerHour = settings.WholeNumber("Limits:BytesPerHour", 16 << 20, 64 * 1024, 1 << 30),
            Connections = settings.WholeNumber("Limits:Connections", 20_000, 10, 1_000_000),
            TrackedCallers = settings.WholeNumber("Limits:TrackedCallers", 100_000, 1_000, 10_000_000),
        };
    }
}
