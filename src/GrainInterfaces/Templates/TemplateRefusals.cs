using Actors.GrainInterfaces.Outcomes;

namespace Actors.GrainInterfaces.Templates;

public static class TemplateRefusals
{
    public const string TemplateNotFoundCode = "TEMPLATE_NOT_FOUND";
    public const string CatalogFullCode = "CATALOG_FULL";
    public const string InvalidTemplateCode = "INVALID_TEMPLATE";
    public const string InvalidTemplateTypeCode = "INVALID_TEMPLATE_TYPE";
    public const string InvalidTierCode = "INVALID_TIER";
    public const string InvalidVariableCode = "INVALID_VARIABLE";
    public const string InvalidVariantCode = "INVALID_VARIANT";
    public const string MissingVariableCode = "MISSING_VARIABLE";
    public const string MessageTooLongCode = "MESSAGE_TOO_LONG";

    public static readonly Refusal NoMatch = new(TemplateNotFoundCode, "No template found for the specified criteria");

    public static readonly Refusal UnknownId = new(TemplateNotFoundCode, "There is no template with this id.");

    public static readonly Refusal VersionNotFound = new(
        CommonRefusals.VersionNotFoundCode,
        "The template has no such version."
    );

    public static readonly Refusal InvalidTemplateType = new(
        InvalidTemplateTypeCode,
        "templateType is one of greeting, farewell, auto_response, tip_thank_you."
    );

    public static readonly Refusal InvalidTier = new(
        InvalidTierCode,
        "A tier is one of free, bronze, silver, gold, platinum."
    );

    public static readonly Refusal InvalidVariant = new(
        InvalidVariantCode,
        "The template has and had no variant of this name."
    );

    public static readonly Refusal ProhibitedContent = InvalidTemplate("The template has content that is not allowed.");

    public static Refusal VersionConflict(int newest) =>
        new(
            CommonRefusals.VersionConflictCode,
            $"The template has been changed meanwhile; its newest version is {newest}."
        );

    public static Refusal CatalogFull(int limit) =>
        new(CatalogFullCode, $"The catalog holds at most {limit} templates; reuse one that is not active.");

    public static Refusal InvalidTemplate(string message) => new(InvalidTemplateCode, message);

    public static Refusal InvalidVariable(string message) => new(InvalidVariableCode, message);

    public static Refusal MissingVariable(string name) =>
        new(MissingVariableCode, $"The template needs a value for {name}.");

    public static Refusal MessageTooLong(int limit) =>
        new(MessageTooLongCode, $"A rendered message has at most {limit} characters.");
}
