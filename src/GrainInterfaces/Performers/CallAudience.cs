using Actors.GrainInterfaces.Identity;

namespace Actors.GrainInterfaces.Performers;

/// <summary>How much of private calls a person sees.</summary>
public enum CallAudience
{
    /// <summary>Whose age is not verified: nothing is there.</summary>
    Hidden,

    /// <summary>Who is not PRIME: performers and their times, with an offer to upgrade.</summary>
    Gated,

    Full,
}

public static class CallAudiences
{
    public static CallAudience Of(UserProfile user) =>
        !user.AgeVerified ? CallAudience.Hidden
        : user.Prime ? CallAudience.Full
        : CallAudience.Gated;
}
