using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Wallets;

public static class WalletRefusals
{
    public const string InvalidTipMessageCode = "INVALID_TIP_MESSAGE";

    public static readonly Refusal InvalidTipMessage = new(
        InvalidTipMessageCode,
        "The message of a tip has at most 200 characters."
    );
}
