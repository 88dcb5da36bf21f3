using Actors.Grains.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Sealing;

[Trait("Spec", "AC-2")]
public sealed class KeyCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeyCache _cache;
    private readonly SealingKey _key = new(new byte[SealingKey.Bytes]);

    public KeyCacheTests() => _cache = new KeyCache(_time);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29)]
    public void Whenever_a_key_was_kept_and_however_often_it_is_asked_for_it_is_gone_after_a_minute(int keptAt)
    {
        _time.Advance(TimeSpan.FromSeconds(keptAt));
        _cache.Keep("ana", _key, _cache.Stamp());
        for (var second = 0; second < 30; second++)
        {
            Assert.True(_cache.TryFind("ana", out var found));
            Assert.Same(_key, found);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(_cache.TryFind("ana", out _));
    }

    [Fact]
    public void A_cache_that_nobody_asked_for_long_has_no_old_keys()
    {
        _time.Advance(TimeSpan.FromSeconds(20));
        _cache.Keep("ana", _key, _cache.Stamp());
        // Asked only when both generations are over their time, then again soon.
        _time.Advance(TimeSpan.FromSeconds(39));
        _cache.TryFind("ben", out _);
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.False(_cache.TryFind("ana", out _));
    }

    [Fact]
    public void What_was_looked_up_before_a_key_was_forgotten_is_not_kept_after_it()
    {
        var stamp = _cache.Stamp();
        _cache.Forget("ana");
        _cache.Keep("ana", _key, stamp);
        Assert.False(_cache.TryFind("ana", out _));
    }

    [Fact]
    public void A_look_that_took_longer_than_a_generation_is_not_kept()
    {
        var stamp = _cache.Stamp();
        _time.Advance(KeyCache.Generation);
        _cache.Keep("ana", _key, stamp);
        Assert.False(_cache.TryFind("ana", out _));
    }

    [Fact]
    public void However_many_keys_there_are_two_generations_are_remembered_at_most()
    {
        for (var number = 0; number < 5 * KeyCache.MostInGeneration; number++)
        {
            _cache.Keep($"{number}", _key, _cache.Stamp());
        }
        var kept = Enumerable
            .Range(0, 5 * KeyCache.MostInGeneration)
            .Count(number => _cache.TryFind($"{number}", out _));
        Assert.InRange(kept, KeyCache.MostInGeneration, 2 * KeyCache.MostInGeneration);
    }
}
