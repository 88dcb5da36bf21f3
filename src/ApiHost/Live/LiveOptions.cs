using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Live;

[Settings("Live")]
internal sealed record LiveOptions
{
    [Setting("Live connections that one person has open."), Range(1, 1_000)]
    public int ConnectionsPerPerson { get; init; } = 10;
}
