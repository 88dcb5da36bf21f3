namespace Actors.ApiHost.Calls;

/// <summary>A route that answers from defaults what it cannot reach, so that it is tried while the storage is away.</summary>
internal sealed record Degrading
{
    public static readonly Degrading It = new();
}
