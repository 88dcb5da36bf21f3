namespace Actors.Grains.Payments.Sandbox;

/// <summary>Makes what nobody guesses, for links to the pages of sessions.</summary>
/// <param name="fill">The chance; simulations bring their own.</param>
public sealed class SandboxTokens(Action<byte[]> fill)
{
    private const int Bytes = 16;

    public string Next()
    {
        var token = new byte[Bytes];
        fill(token);
        return Convert.ToHexStringLower(token);
    }
}
