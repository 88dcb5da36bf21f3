namespace Actors.ApiHost.Auth;

/// <summary>The keys that tokens are checked with now. Replacing them takes effect at once.</summary>
internal sealed class KeyRing(IReadOnlyList<TokenKey> keys)
{
    private volatile IReadOnlyList<TokenKey> _keys = keys;
    private volatile Action? _changed;

    /// <summary>Told after the keys were replaced, so that remembered tokens can be forgotten.</summary>
    public void OnChange(Action changed) => _changed = changed;

    public void Replace(IReadOnlyList<TokenKey> keys)
    {
        // The old keys are left to the collector: a check that runs right now may still hold one.
        _keys = keys;
        _changed?.Invoke();
    }

    /// <summary>The key that the header names: same algorithm and same kid. Without a kid, the only unnamed or only key.</summary>
    public TokenKey? Find(string algorithm, string? keyId)
    {
        var candidates = _keys.Where(key => key.Algorithm == algorithm).ToList();
        var named = candidates.FirstOrDefault(key => key.KeyId == keyId);
        return named is null && keyId is null && candidates.Count == 1 ? candidates[0] : named;
    }
}
