using System.Diagnostics;
using OpenTelemetry;

namespace Actors.Hosting.Telemetry;

/// <summary>Takes out of traces what says whose request it was; the route and the method say which it was.</summary>
internal sealed class PersonsLeftOut : BaseProcessor<Activity>
{
    private static readonly string[] Tags =
    [
        "url.path",
        "url.query",
        "client.address",
        "user_agent.original",
        "orleans.grain.id",
        "orleans.rpc.source_id",
        "orleans.rpc.target_id",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Tags)
        {
            data.SetTag(tag, null);
        }
    }
}
