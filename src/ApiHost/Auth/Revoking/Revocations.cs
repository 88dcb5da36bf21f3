using System.Collections.Concurrent;
using Actors.GrainInterfaces.Identity;

namespace Actors.ApiHost.Auth.Revoking;

/// <summary>This host's copy of what is revoked. Remembered tokens are forgotten when it changes, so a warm request asks nothing.</summary>
internal sealed class Revocations(TimeProvider time)
{
    /// <summary>Before anything was read; no list has it.</summary>
    public const long Unknown = -1;

    private readonly Lock _turn = new();
    private readonly ConcurrentDictionary<CancellationTokenSource, Caller> _live = new();
    private volatile Book _book = new(Unknown, [], []);
    private Action? _changed;

    /// <summary>False until the first list has come. Until then nobody can tell whether a token was revoked.</summary>
    public bool IsKnown => _book.Version != Unknown;

    public long Version => _book.Version;

    /// <summary>Told after every change.</summary>
    public void OnChange(Action changed) => _changed += changed;

    /// <summary>Takes in a list, unless a newer one has come before it.</summary>
    public void Apply(RevocationList list)
    {
        lock (_turn)
        {
            if (list.Version <= _book.Version)
            {
                return;
            }
            _book = Book.Of(list);
        }
        _changed?.Invoke();
        foreach (var (source, caller) in _live)
        {
            EndIfRefused(source, caller);
        }
    }

    /// <param name="issuedAt">Null for a token that does not say: it may have been issued before.</param>
    public bool Refuses(ActorRole role, string subject, DateTimeOffset? issuedAt, string? tokenId)
    {
        var book = _book;
        return (tokenId is not null && book.Tokens.Contains(tokenId))
            || IsRevoked(book, (subject, role), issuedAt)
            || IsRevoked(book, (subject, null), issuedAt);
    }

    /// <summary>Cancels what goes on in a caller's name as soon as the caller's token is revoked, until it is let go of.</summary>
    public IDisposable EndWith(Caller caller, CancellationTokenSource source)
    {
        _live[source] = caller;
        // It may have been revoked since the caller was let in.
        EndIfRefused(source, caller);
        return new Watched(_live, source);
    }

    private bool IsRevoked(Book book, (string Subject, ActorRole? Role) whose, DateTimeOffset? issuedAt) =>
        book.Subjects.TryGetValue(whose, out var revoked)
        && time.GetUtcNow() < revoked.Until
        // Tokens say it to the second: one of the same second may be older.
        && !(issuedAt > revoked.At);

    private void EndIfRefused(CancellationTokenSource source, Caller caller)
    {
        if (!Refuses(caller.Role, caller.Id, caller.IssuedAt, caller.TokenId))
        {
            return;
        }
        try
        {
            // Not here: what ends then may take its time, or fail.
            _ = source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <param name="Subjects">By id and role; null for every role.</param>
    private sealed record Book(
        long Version,
        Dictionary<(string Subject, ActorRole? Role), Revocation> Subjects,
        HashSet<string> Tokens
    )
    {
        public static Book Of(RevocationList list) =>
            new(
                list.Version,
                list.Revocations.Where(one => one.Kind == RevokedKind.Subject)
                    .ToDictionary(one => (one.Value, one.Role)),
                [.. list.Revocations.Where(one => one.Kind == RevokedKind.Token).Select(one => one.Value)]
            );
    }

    private sealed class Watched(
        ConcurrentDictionary<CancellationTokenSource, Caller> live,
        CancellationTokenSource source
    ) : IDisposable
    {
        public void Dispose() => live.TryRemove(source, out _);
    }
}
