using Actors.GrainInterfaces.Ledger;

namespace Actors.ApiHost.Live.Streams;

internal static class Statements
{
    /// <param name="newest">The newest event when the page was asked for: with the last page all up to it has been seen.</param>
    public static LivePage Page(StatementPage page, IReadOnlyList<LiveChange> changes, long newest)
    {
        var last = page.Movements is [.., var movement] ? movement.Position : 0;
        return page.Next is not null
            ? new LivePage(changes, last, More: true)
            : new LivePage(changes, Math.Max(newest, last), More: false);
    }
}
