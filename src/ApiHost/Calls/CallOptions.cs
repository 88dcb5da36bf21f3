using Actors.Hosting;

namespace Actors.ApiHost.Calls;

/// <summary><c>Calls:Waiting</c> is how many requests may wait for grains at once.</summary>
internal sealed record CallOptions
{
    /// <summary>1,000 unless set, 10 to 1,000,000. One more is answered 503 at once.</summary>
    public int Waiting { get; init; } = 1_000;

    public static CallOptions Read(IConfiguration settings) =>
        new() { Waiting = settings.WholeNumber("Calls:Waiting", 1_000, 10, 1_000_000) };
}
