using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>Two storage records are never written atomically, so a silo is killed before and after every single request.</summary>
public class CrashOrderTests
{
    private const int Commits = 11;

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    [InlineData(StorageFault.LandLate)]
    public async Task A_silo_killed_at_any_request_loses_nothing_acknowledged_and_the_next_one_goes_on(
        StorageFault fault
    )
    {
        var requests = await CountRequestsAsync();
        for (var killedAt = 1; killedAt <= requests; killedAt++)
        {
            var rig = new Rig();
            rig.Storage.Faults = request =>
                request.Number < killedAt ? StorageFault.None
                : request.Number == killedAt ? fault
                : StorageFault.FailBefore;
            var acknowledged = await AppendUntilKilledAsync(rig);
            rig.Storage.Faults = static _ => StorageFault.None;
            rig.Storage.LandLateRequests();

            var found = await rig.ReadAllAsync();
            Assert.InRange(found.Length, acknowledged, acknowledged + 1);
            Assert.Equal(Rig.Texts(found.Length), found);

            var successor = rig.Open();
            var head = await successor.ReadHeadAsync(Rig.Stream);
            await Rig.AppendAsync(successor, head, Rig.Texts(5, found.Length + 1));
            Assert.Equal(Rig.Texts(found.Length + 5), await rig.ReadAllAsync());
        }
    }

    [Theory]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.FailAfter)]
    public async Task One_failed_request_anywhere_is_overcome_without_a_loss_or_a_double(StorageFault fault)
    {
        var requests = await CountRequestsAsync();
        for (var failing = 2; failing <= requests; failing++)
        {
            var rig = new Rig();
            var journal = rig.Open();
            await journal.ReadHeadAsync(Rig.Stream);
            rig.Storage.Faults = request => request.Number == failing ? fault : StorageFault.None;

            await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(Commits));

            Assert.Equal(Rig.Texts(Commits), await rig.ReadAllAsync());
        }
    }

    private static async Task<int> CountRequestsAsync()
    {
        var rig = new Rig();
        Assert.Equal(Commits, await AppendUntilKilledAsync(rig));
        return rig.Storage.Operations;
    }

    private static async Task<int> AppendUntilKilledAsync(Rig rig)
    {
        var journal = rig.Open();
        var head = StreamHead.Empty;
        try
        {
            while (head.Sequence < Commits)
            {
                head = await Rig.AppendAsync(journal, head, Rig.Text((int)head.Sequence + 1));
            }
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or JournalUncertainException)
        {
            // Killed.
        }
        return (int)head.Sequence;
    }
}
