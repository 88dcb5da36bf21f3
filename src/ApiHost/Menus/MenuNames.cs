using System.Security.Cryptography;
using Actors.ApiHost.Auth;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Menus;

/// <summary>Where the ids of new menus and items come from. They are made before a grain is called, so that a call can be repeated.</summary>
internal interface IMenuIdSource
{
    string Next();
}

/// <summary>96 bits of chance: nobody meets an id that was not told.</summary>
internal sealed class RandomMenuIds : IMenuIdSource
{
    public string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MenuIdentifier.Length / 2));
}

/// <summary>Gives a new menu or item its id: by the caller's idempotency key, if there is one, so that a repeat has the same.</summary>
internal sealed class MenuNames(IMenuIdSource ids)
{
    private const string Header = "Idempotency-Key";

    private static readonly Refusal TwoKeys = HttpRefusals.InvalidRequest(
        "idempotency_key and the header Idempotency-Key differ."
    );

    /// <param name="within">What the new one is a part of; one key may be used in several.</param>
    public Outcome<string> NameNew(Call call, string within, string? keyInBody)
    {
        var key = KeyOf(call, keyInBody);
        return key.Refusal is not null ? key.Refusal
            : key.Value is { } given
                ? MenuIdentifier.From(within, RoleNames.Of(call.Caller.Role), call.Caller.Id, given.Value)
            : ids.Next();
    }

    private static Outcome<IdempotencyKey?> KeyOf(Call call, string? inBody)
    {
        var header = call.Http.Request.Headers[Header];
        if (header.Count > 1 || (header.Count == 1 && inBody is not null && inBody != header[0]))
        {
            return TwoKeys;
        }
        var text = inBody ?? (header.Count == 1 ? header[0] : null);
        return text is null ? (IdempotencyKey?)null
            : IdempotencyKey.TryParse(text, out var key) ? (IdempotencyKey?)key
            : LedgerRefusals.IdempotencyKeyRequired;
    }
}
