namespace Actors.GrainInterfaces.Ledger;

/// <summary>Whose tokens an account holds: a user's are in a balance, a model's in a wallet.</summary>
public enum AccountKind
{
    Balance,
    Wallet,
}

/// <summary>One account of the ledger. As text it is <c>balance/ana</c> or <c>wallet/mia</c>.</summary>
[GenerateSerializer, Immutable, Alias("AccountId")]
public readonly record struct AccountId([property: Id(0)] AccountKind Kind, [property: Id(1)] string Owner)
{
    public static AccountId OfUser(string userId) => new(AccountKind.Balance, userId);

    public static AccountId OfModel(string modelId) => new(AccountKind.Wallet, modelId);

    public override string ToString() => (Kind == AccountKind.Balance ? "balance/" : "wallet/") + Owner;
}
