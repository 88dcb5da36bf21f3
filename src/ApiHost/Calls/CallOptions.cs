using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Calls;

[Settings("Calls")]
internal sealed record CallOptions
{
    [Setting("Requests that may wait for grains at once; one more is answered 503."), Range(10, 1_000_000)]
    public int Waiting { get; init; } = 1_000;
}
