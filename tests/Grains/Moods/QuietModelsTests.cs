using Actors.Grains.Moods;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Moods;

[Trait("Spec", "CH-2")]
public sealed class QuietModelsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly QuietModels _quiet;

    public QuietModelsTests() => _quiet = new QuietModels(_time);

    [Fact]
    public void A_model_is_known_to_be_quiet_for_a_second_from_before_she_was_asked()
    {
        var question = _quiet.Ask();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.False(_quiet.Contains("ana"));
        _quiet.Add("ana", question);

        _time.Advance(TimeSpan.FromMilliseconds(599));
        Assert.True(_quiet.Contains("ana"));
        Assert.False(_quiet.Contains("bea"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_quiet.Contains("ana"));
    }

    [Fact]
    public void A_change_of_the_mood_ends_it_at_once_and_an_answer_from_before_the_change_counts_no_more()
    {
        var (before, late) = (_quiet.Ask(), _quiet.Ask());
        _quiet.Add("ana", before);

        _quiet.Forget("ana");
        Assert.False(_quiet.Contains("ana"));
        _quiet.Add("ana", late);
        Assert.False(_quiet.Contains("ana"));

        _quiet.Add("ana", _quiet.Ask());
        Assert.True(_quiet.Contains("ana"));
    }

    [Fact]
    public void However_many_models_there_are_so_many_are_remembered()
    {
        for (var model = 0; model < 25_000; model++)
        {
            _quiet.Add($"model-{model}", _quiet.Ask());
        }

        Assert.InRange(Enumerable.Range(0, 25_000).Count(model => _quiet.Contains($"model-{model}")), 1, 10_000);
    }
}
