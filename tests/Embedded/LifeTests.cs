using Actors.Embedded.Tests.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Actors.Embedded.Tests;

public sealed class LifeTests : IAsyncDisposable
{
    private readonly MemoryStorage _storage = new();
    private readonly Silo _silo;

    public LifeTests() =>
        _silo = new Silo(services: x => x.AddScoped<Scoped>().AddKeyedSingleton<IGrainStorage>("memory", _storage));

    private IReadOnlyList<string> Lines => _silo.Journal.Lines;

    [Fact]
    public async Task A_life_goes_from_constructor_to_disposal()
    {
        await _silo.Grain<ILife>().Touch();
        await _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal(["construct a", "activate a", "touch a", "deactivate ActivationIdle a", "dispose a"], Lines);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("bad")]
    public async Task A_failed_activation_fails_the_call_and_the_next_one_tries_again(string key)
    {
        var grain = _silo.Grain<ILife>(key);
        var failure = await Assert.ThrowsAsync<CustomException>(() => grain.Touch());
        Assert.Equal(key, failure.Message);
        await grain.Touch();
        Assert.Equal(2, Lines.Count(x => x.StartsWith("construct", StringComparison.Ordinal)));
        Assert.Equal(1, await _silo.Management.GetTotalActivationCount() - 1);
    }

    [Fact]
    public async Task A_grain_that_asks_to_leave_ends_its_requests_first_and_later_ones_meet_a_new_activation()
    {
        var grain = _silo.Grain<ILife>();
        var leaving = grain.Leave("gate");
        var later = grain.Touch();
        Assert.False(later.IsCompleted);
        _silo.Journal.Open("gate");
        await Task.WhenAll(leaving, later);
        Assert.Equal(
            [
                "construct a",
                "activate a",
                "left a",
                "deactivate ApplicationRequested a",
                "dispose a",
                "construct a",
                "activate a",
                "touch a",
            ],
            Lines
        );
    }

    [Fact]
    public async Task A_stale_state_that_escapes_a_call_drops_the_activation()
    {
        var grain = _silo.Grain<ILife>();
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Throw(new InconsistentStateException("old")));
        await grain.Touch();
        Assert.Contains("deactivate ApplicationError a", Lines);
        Assert.Equal(2, Lines.Count(x => x == "construct a"));
        await Assert.ThrowsAsync<CustomException>(() => grain.Throw(new CustomException("other", 1)));
        await grain.Touch();
        Assert.Equal(2, Lines.Count(x => x == "construct a"));
    }

    [Fact]
    public async Task An_unused_activation_is_collected_after_fifteen_minutes()
    {
        await _silo.Grain<ILife>("idle").Touch();
        _silo.Time.Advance(TimeSpan.FromMinutes(10));
        await _silo.Grain<ILife>("used").Touch();
        Assert.DoesNotContain("dispose idle", Lines);
        _silo.Time.Advance(TimeSpan.FromMinutes(6));
        await Notes.Until(() => Lines.Contains("dispose idle"));
        Assert.DoesNotContain("dispose used", Lines);
    }

    [Fact]
    public async Task A_class_may_set_its_own_age_or_none()
    {
        await _silo.Grain<ILife>().Touch();
        await _silo.Grain<IPatient>().Touch();
        await _silo.Grain<IEternal>().Touch();
        _silo.Time.Advance(TimeSpan.FromMinutes(100));
        await Notes.Until(() => _silo.Engine.Statistics.ActivationCount == 2);
        _silo.Time.Advance(TimeSpan.FromHours(100));
        await Notes.Until(() => _silo.Engine.Statistics.ActivationCount == 1);
        Assert.Equal([typeof(EternalGrain).FullName!], _silo.Engine.Statistics.ReadActivations().Keys);
    }

    [Fact]
    public async Task A_running_request_keeps_its_activation()
    {
        var call = _silo.Grain<ILife>().Wait("gate");
        await Notes.Until(() => Lines.Contains("wait a"));
        for (var i = 0; i < 4; i++)
        {
            // Past the caller's patience, and past the age of collection.
            _silo.Time.Advance(TimeSpan.FromMinutes(10));
            await _silo.Grain<ILife>("other").Touch();
        }
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.DoesNotContain("dispose a", Lines);
        _silo.Journal.Open("gate");
        await _silo.Grain<ILife>().Touch();
        Assert.Equal(1, Lines.Count(x => x == "construct a"));
    }

    [Fact]
    public async Task Deactivation_can_be_put_off_and_that_taken_back()
    {
        var grain = _silo.Grain<ILife>();
        await grain.Delay(TimeSpan.FromHours(1));
        _silo.Time.Advance(TimeSpan.FromMinutes(50));
        await _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.DoesNotContain("dispose a", Lines);
        await grain.Delay(TimeSpan.Zero);
        await _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Contains("dispose a", Lines);
    }

    [Fact]
    public async Task A_deactivation_that_hangs_is_cut_off()
    {
        await _silo.Grain<ILife>("stuck").Touch();
        var collection = _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        await Notes.Until(() => Lines.Contains("deactivate ActivationIdle stuck"));
        var next = _silo.Grain<ILife>("stuck").Touch();
        Assert.False(next.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        await Notes.Until(() => Lines.Contains("dispose stuck"));
        Assert.Contains(
            _silo.Logs.Lines,
            x => x.Contains("Deactivation of life/stuck failed", StringComparison.Ordinal)
        );
        await Task.WhenAny(next, collection);
    }

    [Fact]
    public async Task Records_asked_for_by_a_constructor_are_read_before_the_first_call_and_fenced_by_their_tag()
    {
        var grain = _silo.Grain<IRecord>();
        Assert.Equal("record/a: empty, empty", await grain.Read());
        await grain.Write("one");
        await _silo.Management.ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal("record/a: one, ONE", await grain.Read());
        _storage.Overwrite("text", "record/a", "somebody else's");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("two"));
        Assert.Equal("record/a: somebody else's, ONE", await grain.Read());
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
