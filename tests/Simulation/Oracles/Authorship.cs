using Actors.GrainInterfaces.Identity;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>Which operation each event came from: clients stamp their number into the actor of every command.</summary>
internal sealed class Authorship
{
    private readonly Dictionary<int, int> _versionOf = [];
    private readonly Dictionary<int, Operation> _operationOf = [];

    private Authorship() { }

    /// <summary>The actors of a stream's events, oldest first; null for an event that nobody asked for.</summary>
    public static Authorship Of(
        string stream,
        IReadOnlyList<Actor?> actors,
        IReadOnlyList<Operation> operations,
        List<string> violations
    )
    {
        var authorship = new Authorship();
        var byNumber = operations.ToDictionary(static operation => operation.Number);
        for (var version = 1; version <= actors.Count; version++)
        {
            if (actors[version - 1] is { } actor)
            {
                authorship.Attribute(stream, version, actor, byNumber, violations);
            }
        }
        return authorship;
    }

    public static Actor Stamp(Actor actor, int number) => actor with { UserAgent = $"operation {number}" };

    /// <summary>The event that an operation has led to, if it has.</summary>
    public int? VersionOf(Operation operation) =>
        _versionOf.TryGetValue(operation.Number, out var version) ? version : null;

    public Operation? OperationOf(int version) => _operationOf.GetValueOrDefault(version);

    private void Attribute(
        string stream,
        int version,
        Actor actor,
        Dictionary<int, Operation> operations,
        List<string> violations
    )
    {
        var stamp = actor.UserAgent?.Split(' ') is [_, var text] && int.TryParse(text, out var number) ? number : -1;
        if (!operations.TryGetValue(stamp, out var operation))
        {
            violations.Add($"event {version} of {stream} was asked for by nobody");
        }
        else if (!_versionOf.TryAdd(stamp, version))
        {
            violations.Add($"{operation} happened twice: events {_versionOf[stamp]} and {version} of {stream}");
        }
        else
        {
            _operationOf[version] = operation;
            if (operation.Answer == Answer.Refused)
            {
                violations.Add($"{operation} was refused and happened all the same, as event {version}");
            }
        }
    }
}
