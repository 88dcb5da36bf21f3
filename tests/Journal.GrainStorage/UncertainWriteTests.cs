using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

public class UncertainWriteTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_write_that_timed_out_but_succeeded_is_recognised_and_not_repeated(int before)
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(before));
        FaultNext(rig, StorageAction.Write, StorageFault.FailAfter);

        await Rig.AppendAsync(journal, head, Rig.Texts(2, before + 1));

        Assert.Equal(Rig.Texts(before + 2), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_write_whose_first_attempt_lands_during_the_second_is_durable_once()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        FaultNext(rig, StorageAction.Write, StorageFault.LandLate);
        var writes = 0;
        rig.Storage.Latency = request =>
        {
            if (request.Action == StorageAction.Write && ++writes == 2)
            {
                rig.Storage.LandLateRequests();
            }
            return Task.CompletedTask;
        };

        await Rig.AppendAsync(journal, head, Rig.Texts(3, 2));

        Assert.Equal(Rig.Texts(4), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_storage_that_stays_away_makes_the_commit_uncertain_and_not_refused()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        rig.Storage.Faults = static _ => StorageFault.FailBefore;

        await Assert.ThrowsAsync<JournalUncertainException>(() => Rig.AppendAsync(journal, head, Rig.Text(2)));

        rig.Storage.Faults = static _ => StorageFault.None;
        Assert.Equal(Rig.Texts(1), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_write_that_is_still_on_its_way_when_it_is_given_up_is_uncertain_and_fenced_by_the_next_commit()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        rig.Storage.Faults = static request =>
            request.Action == StorageAction.Write ? StorageFault.LandLate : StorageFault.None;
        await Assert.ThrowsAsync<JournalUncertainException>(() => Rig.AppendAsync(journal, head, """{"late":true}"""));
        rig.Storage.Faults = static _ => StorageFault.None;

        head = await Rig.AppendAsync(journal, await journal.ReadHeadAsync(Rig.Stream), Rig.Text(2));
        rig.Storage.LandLateRequests();
        await Rig.AppendAsync(journal, head, Rig.Text(3));

        Assert.Equal(Rig.Texts(3), await rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_late_write_of_the_same_journal_is_not_taken_for_the_commit_that_replaced_it()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        rig.Storage.Faults = static request =>
            request.Action == StorageAction.Write ? StorageFault.LandLate : StorageFault.None;
        await Assert.ThrowsAsync<JournalUncertainException>(() => Rig.AppendAsync(journal, head, """{"late":true}"""));
        rig.Storage.Faults = static _ => StorageFault.None;
        Assert.Equal(head, await journal.ReadHeadAsync(Rig.Stream));
        rig.Storage.LandLateRequests();

        await Assert.ThrowsAsync<JournalConflictException>(() => Rig.AppendAsync(journal, head, Rig.Text(2)));

        Assert.Equal([Rig.Text(1), """{"late":true}"""], await rig.ReadAllAsync());
    }

    [Fact]
    public async Task An_own_commit_is_recognised_although_somebody_else_has_written_behind_it()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(1));
        FaultNext(rig, StorageAction.Write, StorageFault.FailAfter);
        var interfered = false;
        rig.Storage.Latency = async request =>
        {
            if (request.Action == StorageAction.Read && !interfered)
            {
                interfered = true;
                var other = rig.Open();
                await Rig.AppendAsync(other, await other.ReadHeadAsync(Rig.Stream), Rig.Text(3));
            }
        };

        head = await Rig.AppendAsync(journal, head, Rig.Text(2));

        Assert.Equal(Rig.Texts(3), await rig.ReadAllAsync());
        await Assert.ThrowsAsync<JournalConflictException>(() => Rig.AppendAsync(journal, head, Rig.Text(9)));
    }

    private static void FaultNext(Rig rig, StorageAction action, StorageFault fault)
    {
        var done = false;
        rig.Storage.Faults = request =>
        {
            if (done || request.Action != action)
            {
                return StorageFault.None;
            }
            done = true;
            return fault;
        };
    }
}
