namespace Actors.ApiHost.Limits;

/// <summary>What some requests cost of their caller's limit, beyond the one that each does: they read without end.</summary>
internal static class RequestCosts
{
    /// <summary>Reads what happened since an event.</summary>
    public const int Resume = 9;

    /// <summary>Takes in a file.</summary>
    public const int Upload = 4;

    /// <summary>Reads a whole statement.</summary>
    public const int Export = 29;

    /// <summary>Asks every account.</summary>
    public const int Proof = 59;
}
