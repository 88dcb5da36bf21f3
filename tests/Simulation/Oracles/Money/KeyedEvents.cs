using Actors.GrainInterfaces.Ledger;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles.Money;

/// <summary>A key as its event or command has it, told apart by who uses it.</summary>
internal readonly record struct ScopedKey(string Scope, IdempotencyKey Key);

/// <summary>
/// Which event each command with a key has led to. One key leads to one event, which somebody asked for just so; whoever
/// was told that it is done has it.
/// </summary>
internal sealed class KeyedEvents
{
    private readonly Dictionary<ScopedKey, int> _versions = [];
    private readonly Func<Operation, ScopedKey?> _keyOf;
    private readonly Func<Operation, int, bool> _asksFor;

    /// <param name="keys">The key of each event, oldest first; null for one without.</param>
    /// <param name="keyOf">The key of a command; null for a reading.</param>
    /// <param name="asksFor">Whether a command has the content of the event with this version.</param>
    public KeyedEvents(
        string stream,
        IEnumerable<ScopedKey?> keys,
        Func<Operation, ScopedKey?> keyOf,
        Func<Operation, int, bool> asksFor,
        List<string> violations
    )
    {
        (_keyOf, _asksFor) = (keyOf, asksFor);
        foreach (var (index, key) in keys.Index())
        {
            if (key is { } used && !_versions.TryAdd(used, index + 1))
            {
                violations.Add($"{used} was done twice: events {_versions[used]} and {index + 1} of {stream}");
            }
        }
    }

    /// <summary>The event that an operation has led to, if it has.</summary>
    public int? VersionOf(Operation operation) =>
        _keyOf(operation) is { } key && _versions.TryGetValue(key, out var version) && _asksFor(operation, version)
            ? version
            : null;

    public void Check(string stream, IReadOnlyList<Operation> operations, List<string> violations)
    {
        var asked = operations.ToLookup(VersionOf);
        foreach (var (key, version) in _versions)
        {
            var asking = asked[version].ToArray();
            if (asking.Length == 0)
            {
                violations.Add($"event {version} of {stream} ({key}) was asked for by nobody");
            }
            else if (asking.All(static operation => operation.Answer == Answer.Refused))
            {
                violations.Add($"{asking[0]} was refused and happened all the same, as event {version}");
            }
        }
        foreach (var operation in operations)
        {
            var happened = _keyOf(operation) is { } key && _versions.ContainsKey(key);
            if (operation.Refusal?.Code == LedgerRefusals.IdempotencyKeyReusedCode && VersionOf(operation) is not null)
            {
                violations.Add($"{operation} was told that its key is another's, which it is not");
            }
            if (operation.Refusal?.Code == LedgerRefusals.IdempotencyKeyReusedCode && !happened)
            {
                violations.Add($"{operation} was told that its key was used, and what it was used for is lost");
            }
        }
    }
}
