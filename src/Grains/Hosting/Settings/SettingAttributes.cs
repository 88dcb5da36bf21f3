namespace Actors.Grains.Hosting;

/// <summary>A class whose properties are the settings of one section; those with a <see cref="SettingAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SettingsAttribute(string section) : Attribute
{
    public string Section { get; } = section;

    /// <summary>Whether wrong values are left out of messages: one may be a secret at the wrong place.</summary>
    public bool HidesValues { get; init; }
}

/// <summary>One setting, as <c>--help</c> shows it. Attributes for validation beside it say what a value may be.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;

    /// <summary>What is used when nothing is set, where the property's own default does not tell.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether its value is left out of messages.</summary>
    public bool IsSecret { get; init; }
}
