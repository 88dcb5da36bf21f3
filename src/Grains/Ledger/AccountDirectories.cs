using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Ledger;

/// <summary>The accounts of one shard in the order in which they were opened.</summary>
/// <param name="Places">The place of each, from 1.</param>
public sealed record AccountIndex(
    ImmutableList<AccountId> Accounts,
    [property: JsonIgnore] ImmutableDictionary<AccountId, int> Places
)
{
    public static readonly AccountIndex Empty = new([]);

    [JsonConstructor]
    public AccountIndex(ImmutableList<AccountId> accounts)
        : this(
            accounts,
            accounts
                .Select(static (account, index) => (account, index))
                .ToImmutableDictionary(static x => x.account, static x => x.index + 1)
        ) { }

    /// <summary>Null when the account is listed already.</summary>
    public static AccountOpened? Decide(AccountIndex index, AccountId account, DateTimeOffset now) =>
        index.Places.ContainsKey(account) ? null : new AccountOpened(now, account.Kind, account.Owner);

    public static AccountIndex Evolve(AccountIndex index, AccountDirectoryEvent @event) =>
        @event switch
        {
            AccountOpened opened => index.Add(new AccountId(opened.Kind, opened.Owner)),
            _ => throw new InvalidOperationException($"Unknown event {@event.GetType().Name}."),
        };

    public AccountId? At(long place) => place >= 1 && place <= Accounts.Count ? Accounts[(int)place - 1] : null;

    public AccountList Page(int skip, int limit) => new([.. Accounts.Skip(skip).Take(limit)]);

    private AccountIndex Add(AccountId account) => new(Accounts.Add(account), Places.Add(account, Accounts.Count + 1));
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AccountOpened), "account-directory.opened.v1")]
public abstract record AccountDirectoryEvent;

public sealed record AccountOpened(DateTimeOffset At, AccountKind Kind, string Owner) : AccountDirectoryEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountDirectoryEvent))]
[JsonSerializable(typeof(AccountIndex))]
internal sealed partial class LedgerJson : JsonSerializerContext;
