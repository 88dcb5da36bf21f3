using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.Simulation.Tests.Clients;

namespace Actors.Simulation.Tests.Oracles;

/// <summary>What user profiles must be: each setting changes what it names and nothing else.</summary>
internal sealed class UserOracle : IOracle
{
    public IEnumerable<string> Check(Evidence evidence) =>
        evidence.StreamsOf("user").SelectMany(stream => CheckStream(stream, evidence));

    private static List<string> CheckStream(string stream, Evidence evidence)
    {
        var violations = new List<string>();
        var operations = evidence.OperationsOn(stream);
        var events = evidence.EventsOf(stream).Select(static recorded => EventJson.Read<UserProfileEvent>(recorded));
        Actor?[] actors = [.. events.Select(static @event => @event.Actor)];
        var authors = Authorship.Of(stream, actors, operations, violations);
        var states = new List<UserProfile> { Untouched(stream["user/".Length..]) };
        for (var version = 1; version <= actors.Length; version++)
        {
            states.Add(After(states[^1], authors.OperationOf(version)?.Command as SetUserProfile));
        }
        foreach (var operation in operations)
        {
            // Every setting names a new name, so that each has an event.
            if (operation is { Answer: Answer.Done, Command: SetUserProfile } && authors.VersionOf(operation) is null)
            {
                violations.Add($"{operation} was acknowledged and is lost");
            }
        }
        var oracle = new StreamOracle<UserProfile>(
            stream,
            states,
            (operation, count) => operation.Value as UserProfile == states[count],
            authors.VersionOf
        );
        return [.. violations, .. oracle.Check(operations)];
    }

    private static UserProfile Untouched(string userId) =>
        new(userId, userId, "en", "UTC", LoyaltyTier.Free, Membership.Free, false, false, false, false, false);

    private static UserProfile After(UserProfile profile, SetUserProfile? command) =>
        command is null
            ? profile
            : profile with
            {
                DisplayName = command.DisplayName ?? profile.DisplayName,
                Language = command.Language ?? profile.Language,
                LoyaltyTier = command.LoyaltyTier ?? profile.LoyaltyTier,
                Membership = command.Membership ?? profile.Membership,
                Prime = command.Prime ?? profile.Prime,
                AgeVerified = command.AgeVerified ?? profile.AgeVerified,
                Restricted = command.Restricted ?? profile.Restricted,
            };
}
