using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Payments;

public static class PaymentRefusals
{
    public const string PaymentNotFoundCode = "PAYMENT_NOT_FOUND";
    public const string ProviderUnknownCode = "PAYMENT_PROVIDER_UNKNOWN";
    public const string ProviderUnavailableCode = "PAYMENT_PROVIDER_UNAVAILABLE";
    public const string PaymentRefusedCode = "PAYMENT_REFUSED";
    public const string CurrencyNotAcceptedCode = "CURRENCY_NOT_ACCEPTED";
    public const string PaymentOtherCode = "PAYMENT_ALREADY_STARTED";
    public const string InvalidSignatureCode = "INVALID_WEBHOOK_SIGNATURE";
    public const string InvalidWebhookBodyCode = "INVALID_WEBHOOK_BODY";
    public const string RefundNotFoundCode = "REFUND_NOT_FOUND";
    public const string RefundNotByHandCode = "REFUND_NOT_BY_HAND";
    public const string InvalidRefundReferenceCode = "INVALID_REFUND_REFERENCE";

    public const int MaxReferenceLength = 200;

    public static readonly Refusal PaymentNotFound = new(PaymentNotFoundCode, "There is no such payment.");

    public static readonly Refusal ProviderUnknown = new(
        ProviderUnknownCode,
        "There is no such way to pay; choose one of those that are offered."
    );

    public static readonly Refusal ProviderUnavailable = new(
        ProviderUnavailableCode,
        "The payment service does not answer right now. Nothing was charged; try again in a moment."
    );

    public static readonly Refusal PaymentRefused = new(
        PaymentRefusedCode,
        "The payment service does not take this payment; choose another way to pay."
    );

    public static readonly Refusal CurrencyNotAccepted = new(
        CurrencyNotAcceptedCode,
        "This way to pay does not take the price's currency; choose another one."
    );

    public static readonly Refusal PaymentOther = new(
        PaymentOtherCode,
        "This payment was started with another price, person or provider."
    );

    public static readonly Refusal InvalidSignature = new(
        InvalidSignatureCode,
        "The signature is not ours, or the message is older than five minutes."
    );

    public static readonly Refusal InvalidWebhookBody = new(InvalidWebhookBodyCode, "This is no event that is known.");

    public static readonly Refusal RefundNotFound = new(RefundNotFoundCode, "The payment has no such refund.");

    public static readonly Refusal RefundNotByHand = new(
        RefundNotByHandCode,
        "The provider sees to this refund; there is nothing to do by hand."
    );

    public static readonly Refusal InvalidRefundReference = new(
        InvalidRefundReferenceCode,
        "reference is a text of 1 to 200 characters that says how the money was sent."
    );
}
