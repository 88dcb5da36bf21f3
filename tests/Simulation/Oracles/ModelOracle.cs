using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>What model profiles must be: named by each registration, and with terms accepted at most once.</summary>
internal sealed class ModelOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("model").SelectMany(stream => CheckStream(stream, evidence));

    private static List<string> CheckStream(string stream, Evidence evidence)
    {
        var violations = new List<string>();
        var operations = evidence.OperationsOn(stream);
        ModelProfileEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<ModelProfileEvent>(recorded)),
        ];
        Actor?[] actors = [.. events.Select(static @event => @event.Actor)];
        var authors = Authorship.Of(stream, actors, operations, violations);
        var states = new List<ExpectedModel> { new(null, false) };
        for (var version = 1; version <= events.Length; version++)
        {
            states.Add(states[^1].After(authors.OperationOf(version)?.Command));
        }
        if (events.OfType<MoodTermsAccepted>().Count() > 1)
        {
            violations.Add($"{stream} accepted the terms more than once");
        }
        foreach (var operation in operations)
        {
            if (operation is { Answer: Answer.Done, Command: RegisterModel } && authors.VersionOf(operation) is null)
            {
                violations.Add($"{operation} was acknowledged and is lost");
            }
        }
        var oracle = new StreamOracle<ExpectedModel>(
            stream,
            states,
            (operation, count) => states[count].Fits(operation),
            authors.VersionOf
        );
        return [.. violations, .. oracle.Check(operations)];
    }

    private sealed record ExpectedModel(string? Name, bool AcceptedTerms)
    {
        public ExpectedModel After(object? command) =>
            command switch
            {
                RegisterModel register => this with { Name = register.DisplayName },
                AcceptTerms => this with { AcceptedTerms = true },
                _ => this,
            };

        public bool Fits(Operation operation) =>
            operation.Value is ModelProfile profile
                ? profile.DisplayName == Name
                    && profile.MoodTermsAccepted == AcceptedTerms
                    && (operation.Command is not AcceptTerms || profile.MoodTermsAccepted)
                : operation.Refusal?.Code == IdentityRefusals.ModelNotFoundCode && Name is null;
    }
}
