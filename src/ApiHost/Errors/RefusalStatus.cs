using System.Collections.Frozen;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Live;
using Actors.GrainInterfaces.Activity;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Bookings;
using Actors.GrainInterfaces.ContentPolicy;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Devices;
using Actors.GrainInterfaces.Erasure;
using Actors.GrainInterfaces.Exports;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Moderation;
using Actors.GrainInterfaces.MoodMessages;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Notifications;
using Actors.GrainInterfaces.Notifications.Webhooks;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Payments;
using Actors.GrainInterfaces.Performers;
using Actors.GrainInterfaces.Pets;
using Actors.GrainInterfaces.Purchases;
using Actors.GrainInterfaces.Queues;
using Actors.GrainInterfaces.Rooms;
using Actors.GrainInterfaces.Templates;
using Actors.GrainInterfaces.Transactions;
using Actors.GrainInterfaces.Wallets;

namespace Actors.ApiHost.Errors;

/// <summary>The one place that says which status a refusal has. A code that is missing here is a bug and answers 500.</summary>
public static class RefusalStatus
{
    private static readonly FrozenDictionary<string, int> ByCode = new Dictionary<string, int>
    {
        // HTTP
        [HttpRefusals.InvalidRequestCode] = 400,
        [HttpRefusals.InvalidPageCode] = 400,
        [HttpRefusals.TlsRequiredCode] = 403,
        [HttpRefusals.NotFoundCode] = 404,
        [HttpRefusals.MethodNotAllowedCode] = 405,
        [HttpRefusals.RequestTimeoutCode] = 408,
        [HttpRefusals.BodyTooLargeCode] = 413,
        [HttpRefusals.UnsupportedMediaTypeCode] = 415,
        [HttpRefusals.RangeNotSatisfiableCode] = 416,
        [HttpRefusals.SystemErrorCode] = 500,
        [HttpRefusals.BusyCode] = 503,
        [HttpRefusals.UnavailableCode] = 503,
        [HttpRefusals.StorageFullCode] = 503,
        [HttpRefusals.StorageDamagedCode] = 503,
        [HttpRefusals.OutcomeUnknownCode] = 503,
        // Who is asking
        [AuthRefusals.UnauthorizedCode] = 401,
        [AuthRefusals.TokenInvalidCode] = 401,
        [AuthRefusals.TokenExpiredCode] = 401,
        [AuthRefusals.TokenRevokedCode] = 401,
        [CommonRefusals.ForbiddenCode] = 403,
        [LimitRefusals.TooManyRequestsCode] = 429,
        [LimitRefusals.TooMuchWrittenCode] = 429,
        // Identity
        [IdentityRefusals.ModelNotFoundCode] = 404,
        [IdentityRefusals.UserNotFoundCode] = 404,
        [IdentityRefusals.WrongRoleCode] = 403,
        [IdentityRefusals.PersonErasedCode] = 410,
        [IdentityRefusals.RestrictedCode] = 403,
        [IdentityRefusals.InvalidProfileCode] = 400,
        [IdentityRefusals.TermsNotAcceptedCode] = 403,
        [IdentityRefusals.InvalidSubscriptionCode] = 400,
        [IdentityRefusals.InvalidRevocationCode] = 400,
        [IdentityRefusals.TooManyRevocationsCode] = 409,
        [IdentityRefusals.TooManySubscriptionsCode] = 409,
        // Erasure
        [ErasureRefusals.TokensLeftCode] = 409,
        [ErasureRefusals.ErasureNotFoundCode] = 404,
        [ErasureRefusals.ErasureNotConfirmedCode] = 400,
        // Exports
        [ExportRefusals.ExportNotFoundCode] = 404,
        [ExportRefusals.ExportNotReadyCode] = 409,
        [ExportRefusals.TooManyExportsCode] = 429,
        // Attachments
        [AttachmentRefusals.UnsupportedAttachmentCode] = 415,
        [AttachmentRefusals.InvalidAttachmentCode] = 400,
        [AttachmentRefusals.AttachmentTooLargeCode] = 413,
        [AttachmentRefusals.AttachmentQuotaExceededCode] = 409,
        [AttachmentRefusals.AttachmentNotFoundCode] = 404,
        // Moods
        [MoodRefusals.InvalidMoodStateCode] = 400,
        [MoodRefusals.InvalidCustomMessageCode] = 400,
        [MoodRefusals.InvalidResponseDelayCode] = 400,
        [MoodRefusals.InvalidExpiresAtCode] = 400,
        [MoodRefusals.ReasonRequiredCode] = 400,
        [MoodRefusals.RateLimitExceededCode] = 429,
        // Templates
        [TemplateRefusals.TemplateNotFoundCode] = 404,
        [TemplateRefusals.CatalogFullCode] = 409,
        [TemplateRefusals.InvalidTemplateCode] = 400,
        [TemplateRefusals.InvalidTemplateTypeCode] = 400,
        [TemplateRefusals.InvalidTierCode] = 400,
        [TemplateRefusals.InvalidVariableCode] = 400,
        [TemplateRefusals.InvalidVariantCode] = 400,
        [TemplateRefusals.MissingVariableCode] = 400,
        [TemplateRefusals.MessageTooLongCode] = 400,
        // What has versions
        [CommonRefusals.VersionNotFoundCode] = 404,
        [CommonRefusals.VersionConflictCode] = 409,
        // Content policy
        [ContentPolicyRefusals.InvalidContentPolicyCode] = 400,
        [ContentPolicyRefusals.InvalidContentPatternCode] = 400,
        // Mood analytics
        [CommonRefusals.InvalidDateRangeCode] = 400,
        // Notifications and webhooks
        [NotificationRefusals.InvalidNotificationIdsCode] = 400,
        [WebhookRefusals.InvalidWebhookCode] = 400,
        [WebhookRefusals.WebhookNotFoundCode] = 404,
        [WebhookRefusals.DeliveryNotFoundCode] = 404,
        [WebhookRefusals.TooManyWebhooksCode] = 409,
        [WebhookRefusals.WebhookDisabledCode] = 409,
        // Money
        [LedgerRefusals.InvalidTokensCode] = 400,
        [LedgerRefusals.InvalidReasonCode] = 400,
        [LedgerRefusals.AmountNotAllowedCode] = 400,
        [LedgerRefusals.IdempotencyKeyRequiredCode] = 400,
        [LedgerRefusals.IdempotencyKeyReusedCode] = 422,
        [LedgerRefusals.InvalidStatementCode] = 400,
        [LedgerRefusals.InsufficientBalanceCode] = 402,
        [LedgerRefusals.InsufficientWalletCode] = 409,
        [LedgerRefusals.ProofUnavailableCode] = 503,
        [WalletRefusals.InvalidTipMessageCode] = 400,
        [WalletRefusals.TipNotFoundCode] = 404,
        [WalletRefusals.SelfDealingCode] = 403,
        [PurchaseRefusals.PurchaseNotFoundCode] = 404,
        [PurchaseRefusals.DailyLimitReachedCode] = 429,
        [PurchaseRefusals.MenuChangedCode] = 409,
        // Payments
        [PaymentRefusals.PaymentNotFoundCode] = 404,
        [PaymentRefusals.ProviderUnknownCode] = 400,
        [PaymentRefusals.ProviderUnavailableCode] = 503,
        [PaymentRefusals.PaymentRefusedCode] = 402,
        [PaymentRefusals.CurrencyNotAcceptedCode] = 400,
        [PaymentRefusals.PaymentOtherCode] = 409,
        [PaymentRefusals.InvalidSignatureCode] = 400,
        [PaymentRefusals.InvalidWebhookBodyCode] = 400,
        [PaymentRefusals.RefundNotFoundCode] = 404,
        [PaymentRefusals.RefundNotByHandCode] = 409,
        [PaymentRefusals.InvalidRefundReferenceCode] = 400,
        // Transactions
        [TransactionRefusals.InvalidTransactionHashCode] = 400,
        [TransactionRefusals.InvalidAddressCode] = 400,
        [TransactionRefusals.InvalidAmountCode] = 400,
        [TransactionRefusals.InvalidTokenCode] = 400,
        [TransactionRefusals.InvalidNetworkCode] = 400,
        [TransactionRefusals.InvalidTransactionTypeCode] = 400,
        [CommonRefusals.InvalidPetIdCode] = 400,
        [CommonRefusals.InvalidMetadataCode] = 400,
        [TransactionRefusals.InvalidSettlementCode] = 400,
        [TransactionRefusals.InvalidTransactionQueryCode] = 400,
        [TransactionRefusals.TransactionNotFoundCode] = 404,
        [TransactionRefusals.TransactionExistsCode] = 409,
        [TransactionRefusals.TransactionSettledCode] = 409,
        // Activity
        [ActivityRefusals.InvalidCategoryCode] = 400,
        [ActivityRefusals.InvalidActionCode] = 400,
        [ActivityRefusals.InvalidDetailsCode] = 400,
        [ActivityRefusals.InvalidActivityQueryCode] = 400,
        // Menus
        [MenuRefusals.MenuNotFoundCode] = 404,
        [MenuRefusals.ItemNotFoundCode] = 404,
        [MenuRefusals.MenuTemplateNotFoundCode] = 404,
        [MenuRefusals.InvalidMenuCode] = 400,
        [MenuRefusals.InvalidItemCode] = 400,
        [MenuRefusals.MenuArchivedCode] = 409,
        [MenuRefusals.ItemInactiveCode] = 409,
        [MenuRefusals.TooManyMenusCode] = 409,
        [MenuRefusals.TooManyItemsCode] = 409,
        // Devices
        [DeviceRefusals.PairingRefusedCode] = 403,
        [DeviceRefusals.DeviceServiceUnavailableCode] = 503,
        // Queues
        [QueueRefusals.EntryNotFoundCode] = 404,
        [QueueRefusals.EntryFinishedCode] = 409,
        [QueueRefusals.EntryStartedCode] = 409,
        [QueueRefusals.EntryNotStartedCode] = 409,
        [QueueRefusals.QueueFullCode] = 409,
        [QueueRefusals.QueuePausedCode] = 409,
        [QueueRefusals.BuyerLimitCode] = 409,
        [QueueRefusals.CoolDownCode] = 429,
        [QueueRefusals.InvalidDeliverPercentCode] = 400,
        // Conversations
        [ConversationRefusals.ConversationNotFoundCode] = 404,
        [ConversationRefusals.ConversationBlockedCode] = 403,
        [ConversationRefusals.MessageNotFoundCode] = 404,
        [ConversationRefusals.InvalidMessageCode] = 400,
        [ConversationRefusals.MessageNotEditableCode] = 409,
        [ConversationRefusals.NotYourMessageCode] = 403,
        // Mood messages
        [MoodMessageRefusals.MoodMessageNotFoundCode] = 404,
        [MoodMessageRefusals.InvalidMoodMessageCode] = 400,
        [MoodMessageRefusals.InvalidMoodMessageQueryCode] = 400,
        // Pets
        [PetRefusals.PetNotFoundCode] = 404,
        [PetRefusals.InvalidPetCode] = 400,
        [PetRefusals.TooManyPetsCode] = 409,
        // Bookings
        [BookingRefusals.BookingNotFoundCode] = 404,
        [BookingRefusals.InvalidBookingCode] = 400,
        [BookingRefusals.AgeNotVerifiedCode] = 404,
        [BookingRefusals.PrimeOrPaymentRequiredCode] = 402,
        [BookingRefusals.RulesNotAcceptedCode] = 409,
        [BookingRefusals.RulesChangedCode] = 409,
        [BookingRefusals.TooManyPaymentsCode] = 409,
        [BookingRefusals.BookingNotConfirmedCode] = 409,
        [BookingRefusals.BookingNotOverCode] = 409,
        [BookingRefusals.BookingNotCompletedCode] = 409,
        [BookingRefusals.BookingLiveCode] = 409,
        [BookingRefusals.BookingOverCode] = 409,
        [BookingRefusals.BookingCancelledCode] = 409,
        [BookingRefusals.BookingExpiredCode] = 409,
        [BookingRefusals.BookingArchivedCode] = 409,
        [BookingRefusals.ReschedulePendingCode] = 409,
        [BookingRefusals.RescheduleTooLateCode] = 409,
        [BookingRefusals.RescheduleNotPossibleCode] = 409,
        [BookingRefusals.RatingFinalCode] = 409,
        [BookingRefusals.VerdictFinalCode] = 409,
        // Rooms
        [RoomRefusals.RoomNotOpenCode] = 409,
        [RoomRefusals.RoomClosedCode] = 409,
        [RoomRefusals.RoomUnavailableCode] = 503,
        [RoomRefusals.RoomLinkInvalidCode] = 404,
        [RoomRefusals.RoomLinkReplacedCode] = 410,
        [RoomRefusals.WebhookRefusedCode] = 403,
        // Moderation
        [ModerationRefusals.IncidentNotFoundCode] = 404,
        [ModerationRefusals.IncidentClosedCode] = 409,
        [ModerationRefusals.InvalidNoteCode] = 400,
        // Performers
        [PerformerRefusals.PerformerNotFoundCode] = 404,
        [PerformerRefusals.PerformerRemovedCode] = 409,
        [PerformerRefusals.CalendarNotFoundCode] = 404,
        [PerformerRefusals.NotAvailableCode] = 409,
        [PerformerRefusals.InvalidPerformerIdCode] = 400,
        [PerformerRefusals.InvalidTimeZoneCode] = 400,
        [PerformerRefusals.InvalidHoursCode] = 400,
        [PerformerRefusals.InvalidExceptionsCode] = 400,
        [PerformerRefusals.InvalidCallTypeCode] = 400,
        [PerformerRefusals.InvalidDurationCode] = 400,
        [PerformerRefusals.InvalidPriceCode] = 400,
        [PerformerRefusals.InvalidBufferCode] = 400,
        [PerformerRefusals.InvalidPerformerStatusCode] = 400,
        [PerformerRefusals.InvalidNoticeCode] = 400,
        [PerformerRefusals.InvalidHorizonCode] = 400,
        [PerformerRefusals.InvalidPolicyCode] = 400,
        // Live feed
        [LiveRefusals.InvalidEventIdCode] = 400,
        [LiveRefusals.WebSocketRequiredCode] = 426,
        [LiveRefusals.TooManyConnectionsCode] = 429,
        // Operation
        [OperationsRefusals.FeatureNotFoundCode] = 404,
        [OperationsRefusals.FeatureDisabledCode] = 404,
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => ByCode.Keys;

    public static bool IsKnown(string code) => ByCode.ContainsKey(code);

    public static int Of(string code) => ByCode.GetValueOrDefault(code, StatusCodes.Status500InternalServerError);
}
