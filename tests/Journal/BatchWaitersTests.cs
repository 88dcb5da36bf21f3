using Actors.Journal.Logs;

namespace Actors.Journal.Tests;

[Trait("Spec", "SE-3")]
public sealed class BatchWaitersTests
{
    private const int Latecomers = 200;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task However_many_are_told_of_a_failure_it_does_not_grow(bool areShared)
    {
        var waiters = new BatchWaiters(areShared);
        waiters.Fail(new JournalUncertainException("The disk said no."));

        var first = await FailureAsync(waiters);
        for (var more = 0; more < Latecomers; more++)
        {
            await FailureAsync(waiters);
        }

        Assert.Equal(first, await FailureAsync(waiters));
    }

    private static async Task<string?> FailureAsync(BatchWaiters waiters) =>
        (await Assert.ThrowsAsync<JournalUncertainException>(waiters.Join)).StackTrace;
}
