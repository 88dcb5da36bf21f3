namespace Actors.Grains.Hosting;

/// <summary>A setting that the host cannot start with. The message names it.</summary>
public sealed class SettingException(string name, string problem) : Exception($"Setting {name} {problem}")
{
    public string Name { get; } = name;
}
