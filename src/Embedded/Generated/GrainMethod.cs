using System.Globalization;

namespace Actors.Embedded.Generated;

/// <summary>How a method may interleave and whether its caller waits.</summary>
[Flags]
public enum GrainMethodOptions
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,
}

/// <summary>What generated references know of one method of a grain interface.</summary>
public sealed class GrainMethod
{
    public GrainMethod(
        int index,
        string interfaceName,
        string name,
        GrainMethodOptions options = GrainMethodOptions.None,
        string? responseTimeout = null
    )
    {
        Index = index;
        InterfaceName = interfaceName;
        Name = name;
        Options = options;
        ResponseTimeout = responseTimeout is null
            ? null
            : TimeSpan.Parse(responseTimeout, CultureInfo.InvariantCulture);
    }

    /// <summary>Place of the method in its reference's table.</summary>
    public int Index { get; }

    public string InterfaceName { get; }

    public string Name { get; }

    public GrainMethodOptions Options { get; }

    public TimeSpan? ResponseTimeout { get; }
}

/// <summary>One call with its arguments, as a value, so that a call that needs no queue needs no memory either.</summary>
public interface IGrainCall<out TReturn>
{
    TReturn Invoke(object grain);
}
