using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>An id is one person's: introduced at most once, and whoever came was told so.</summary>
internal sealed class PersonOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("person").SelectMany(stream => CheckStream(stream, evidence));

    private static IEnumerable<string> CheckStream(string stream, Evidence evidence)
    {
        PersonEvent[] events =
        [
            .. evidence.EventsOf(stream).Select(static recorded => EventJson.Read<PersonEvent>(recorded)),
        ];
        if (events.Length > 1)
        {
            yield return $"{stream} was introduced {events.Length} times";
        }
        foreach (var operation in evidence.OperationsOn(stream))
        {
            var kind = (events.FirstOrDefault() as PersonIntroduced)?.Kind;
            var isTold = (operation.Answer, (operation.Command as Introduce)?.Kind == kind) switch
            {
                (Answer.Done, var fits) => fits,
                (Answer.Refused, var fits) => !fits && operation.Refusal?.Code == IdentityRefusals.WrongRoleCode,
                _ => true,
            };
            if (!isTold)
            {
                yield return $"{operation} is not what {stream} is: {kind}";
            }
        }
    }
}
