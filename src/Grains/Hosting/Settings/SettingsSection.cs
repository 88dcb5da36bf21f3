using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Actors.Grains.Hosting;

/// <summary>The settings that a class declares.</summary>
internal sealed class SettingsSection
{
    private static readonly ConcurrentDictionary<Type, SettingsSection> Known = new();

    private SettingsSection(Type type)
    {
        Type = type;
        var attribute = type.GetCustomAttribute<SettingsAttribute>()!;
        Name = attribute.Section;
        Settings =
        [
            .. type.GetProperties()
                .Where(static property => property.IsDefined(typeof(SettingAttribute)))
                .Select(property => new Setting(attribute, property)),
        ];
    }

    public Type Type { get; }

    public string Name { get; }

    public IReadOnlyList<Setting> Settings { get; }

    public static SettingsSection Of(Type type) => Known.GetOrAdd(type, static one => new SettingsSection(one));

    /// <summary>Everything that is wrong with values that could be read, each a sentence that begins with a name.</summary>
    public IEnumerable<SettingException> Faults(object options)
    {
        foreach (var setting in Settings)
        {
            if (setting.Broken(setting.Property.GetValue(options)) is { } rule)
            {
                yield return setting.Fault(rule, setting.Property.GetValue(options));
            }
        }
        if (options is IValidatableObject whole)
        {
            foreach (var result in whole.Validate(new ValidationContext(options)))
            {
                yield return new SettingException($"{Name}:{result.MemberNames.First()}", result.ErrorMessage!);
            }
        }
    }
}

/// <summary>One setting of a section.</summary>
internal sealed class Setting(SettingsAttribute section, PropertyInfo property)
{
    private readonly SettingAttribute _about = property.GetCustomAttribute<SettingAttribute>()!;
    private readonly ValidationAttribute[] _rules = [.. property.GetCustomAttributes<ValidationAttribute>()];
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public string Name { get; } = $"{section.Section}:{property.Name}";

    public PropertyInfo Property { get; } = property;

    public bool CanRead(string text) =>
        _type.IsEnum
            ? Enum.TryParse(_type, text, ignoreCase: true, out var value) && Enum.IsDefined(_type, value)
            : TypeDescriptor.GetConverter(_type).IsValid(text);

    /// <summary>What a text is not that cannot be read.</summary>
    public string Form =>
        _rules is [{ } rule, ..] ? Words(rule)
        : _type.IsEnum ? $"is {string.Join(" or ", Enum.GetNames(_type))}"
        : _type == typeof(bool) ? "is true or false"
        : _type == typeof(Uri) ? "is an address"
        : "is a number";

    /// <summary>The first rule that a value breaks, in words.</summary>
    public string? Broken(object? value) =>
        Array.Find(_rules, rule => !rule.IsValid(value)) is { } broken ? Words(broken) : null;

    public SettingException Fault(string rule, object? value) =>
        new(
            Name,
            _about.IsSecret || section.HidesValues
                ? $"{rule}."
                : string.Create(CultureInfo.InvariantCulture, $"{rule}, not '{value}'.")
        );

    /// <summary>A line or two for <c>--help</c>.</summary>
    public string Help(object defaults)
    {
        var otherwise = _about.Otherwise ?? Shown(Property.GetValue(defaults));
        var form = _rules is [RangeAttribute range, ..] ? $" {Bounds(range)}." : "";
        return $"  {Name}\n      {_about.Meaning}{form} Unless set: {otherwise}.";
    }

    private static string Words(ValidationAttribute rule) =>
        rule is RangeAttribute range
            ? $"is a {(range.OperandType == typeof(int) ? "whole " : "")}number from {Bounds(range)}"
            : rule.ErrorMessage!;

    private static string Bounds(RangeAttribute range) =>
        string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}");

    private static string Shown(object? value) =>
        value switch
        {
            null or "" => "none",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
