using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Wallets;

public static class WalletRefusals
{
    public const string InvalidTipMessageCode = "INVALID_TIP_MESSAGE";

    public const string TipNotFoundCode = "TIP_NOT_FOUND";
    public const string SelfDealingCode = "SELF_DEALING";

    public static readonly Refusal TipNotFound = new(TipNotFoundCode, "There is no such tip.");

    public static readonly Refusal NotYourTip = new(CommonRefusals.ForbiddenCode, "This tip is between others.");

    public static readonly Refusal SelfDealing = new(SelfDealingCode, "Nobody buys from or tips themselves.");

    public static readonly Refusal InvalidTipMessage = new(
        InvalidTipMessageCode,
        "The message of a tip has at most 200 characters."
    );
}
