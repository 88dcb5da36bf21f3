using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Actors.GrainInterfaces.Conversations;

/// <summary>One message: its conversation and its number there, such as <c>model.ana.bo.17</c>.</summary>
[GenerateSerializer, Immutable, Alias("MessageId")]
public readonly record struct MessageId([property: Id(0)] ConversationId Conversation, [property: Id(1)] long Number)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        id = default;
        var dot = text?.LastIndexOf('.') ?? -1;
        if (dot < 0 || !ConversationId.TryParse(text![..dot], out var conversation))
        {
            return false;
        }
        var digits = text.AsSpan(dot + 1);
        var valid =
            digits.Length is > 0 and <= 18
            && digits[0] != '0'
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (id = new MessageId(conversation, number)).Number > 0;
        return valid;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Conversation}.{Number}");
}
