using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Templates;

namespace Actors.Grains.Templates;

/// <summary>
/// Which variant a user gets: always the same one, on every machine and after every restart. The hash is part of the
/// promise; changing it would move users between variants in the middle of a test.
/// </summary>
public static class VariantChoice
{
    /// <summary>Null without variants or without a user.</summary>
    public static int? Of(IReadOnlyList<TemplateVariant> variants, string? userId, string templateId)
    {
        if (variants.Count == 0 || userId is null)
        {
            return null;
        }
        var percent = PercentOf(userId, templateId);
        var index = 0;
        for (var below = variants[0].Weight; percent >= below && index < variants.Count - 1; )
        {
            below += variants[++index].Weight;
        }
        return index;
    }

    /// <summary>0–99: the first 8 bytes of SHA-256 of "user/template", big-endian, modulo 100.</summary>
    public static int PercentOf(string userId, string templateId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{userId}/{templateId}"));
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 100);
    }
}
