using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Operations;

public static class OperationsRefusals
{
    public const string FeatureNotFoundCode = "FEATURE_NOT_FOUND";
    public const string FeatureDisabledCode = "FEATURE_DISABLED";

    public static readonly Refusal FeatureNotFound = new(
        FeatureNotFoundCode,
        $"There is no feature with this name; there are {string.Join(", ", Features.All)}."
    );

    public static readonly Refusal FeatureDisabled = new(FeatureDisabledCode, "This feature is switched off.");
}
