namespace Actors.ApiHost.Calls;

/// <summary>A route whose command carries an idempotency key, so that this host may send it twice.</summary>
internal sealed record Keyed
{
    public static readonly Keyed It = new();
}
