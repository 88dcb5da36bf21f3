using Actors.TestKit.Storage;

namespace Actors.Journal.GrainStorage.Tests;

/// <summary>Three silos that all take themselves for the owner, over a storage that fails in every way at once.</summary>
public class InterleavingTests
{
    [Fact]
    public async Task Whatever_fails_an_acknowledged_commit_is_there_once_and_a_refused_one_never()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            await RunAsync(seed);
        }
    }

    private static async Task RunAsync(int seed)
    {
        var chance = new Random(seed);
        var rig = new Rig();
        var silos = Enumerable.Range(0, 3).Select(_ => new Silo(rig.Open())).ToArray();
        rig.Storage.Faults = _ =>
            chance.Next(12) switch
            {
                0 => StorageFault.FailBefore,
                1 => StorageFault.FailAfter,
                2 => StorageFault.LandLate,
                _ => StorageFault.None,
            };
        Dictionary<string, bool?> fates = [];
        for (var step = 0; step < 40; step++)
        {
            var silo = silos[chance.Next(silos.Length)];
            var text = $$"""{"step":{{step}}}""";
            fates[text] = await silo.TryAppendAsync(text, reread: chance.Next(3) == 0);
            if (chance.Next(6) == 0)
            {
                rig.Storage.LandLateRequests();
            }
        }
        rig.Storage.Faults = static _ => StorageFault.None;
        rig.Storage.LandLateRequests();

        var found = await rig.ReadAllAsync();
        Assert.Equal(found.Length, found.Distinct().Count());
        foreach (var (text, durable) in fates)
        {
            Assert.True(
                durable is null || durable == found.Contains(text),
                $"seed {seed}: {text} is durable: {durable}"
            );
        }
    }

    private sealed class Silo(IJournal journal)
    {
        private StreamHead? _head;

        /// <summary>True when acknowledged, false when refused, null when nobody knows.</summary>
        public async Task<bool?> TryAppendAsync(string text, bool reread)
        {
            try
            {
                if (reread || _head is null)
                {
                    _head = await journal.ReadHeadAsync(Rig.Stream);
                }
            }
            catch (Exception exception) when (exception is IOException or TimeoutException)
            {
                return false;
            }
            try
            {
                _head = await Rig.AppendAsync(journal, _head.Value, text);
                return true;
            }
            catch (JournalConflictException)
            {
                _head = null;
                return false;
            }
            catch (Exception exception) when (exception is JournalUncertainException or IOException or TimeoutException)
            {
                _head = null;
                return null;
            }
        }
    }
}
