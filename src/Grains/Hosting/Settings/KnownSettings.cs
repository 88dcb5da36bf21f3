using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Actors.Grains.Hosting;

/// <summary>
/// Every setting that a program has. One that is misspelt would be as good as not set, and nobody would notice: it stops the
/// start with its name and the one that was probably meant.
/// </summary>
/// <param name="programs">Where the sections are declared.</param>
/// <param name="others">Names of the command line that belong to no section.</param>
public sealed class KnownSettings(IEnumerable<Assembly> programs, params string[] others)
{
    // Of the framework: they are read where we do not see it.
    private static readonly string[] FrameworkNames =
    [
        "urls",
        "http_ports",
        "https_ports",
        "environment",
        "contentRoot",
        "applicationName",
        "AllowedHosts",
    ];

    private static readonly string[] FrameworkSections = ["Logging", "Kestrel", "OTEL_"];

    private readonly SettingsSection[] _sections =
    [
        .. programs
            .SelectMany(static program => program.GetTypes())
            .Where(static type => type.IsDefined(typeof(SettingsAttribute)))
            .Select(SettingsSection.Of)
            .OrderBy(static section => section.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<string> Names =>
        _sections.SelectMany(static section => section.Settings).Select(static one => one.Name);

    /// <exception cref="SettingException">A setting is given that there is not.</exception>
    public void Require(IConfiguration configuration, string[] arguments)
    {
        RequirePairs(arguments);
        var known = Names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in NamesIn(new ConfigurationBuilder().AddCommandLine(arguments).Build()))
        {
            if (!known.Contains(name) && !IsOfOthers(name))
            {
                throw Unknown(name, others.Concat(FrameworkNames).Concat(Names));
            }
        }
        foreach (var name in NamesIn(configuration).Where(name => !known.Contains(name)))
        {
            // The environment holds much that is not meant for us: only what is in a section of ours, or nearly there.
            if (IsInSection(name) || IsNearly(name))
            {
                throw Unknown(name, Names);
            }
        }
    }

    public string Help() =>
        string.Join(
            '\n',
            _sections.SelectMany(static section =>
            {
                var defaults = Activator.CreateInstance(section.Type)!;
                return section.Settings.Select(setting => setting.Help(defaults));
            })
        );

    /// <summary>The framework passes over what is no name with a value.</summary>
    private static void RequirePairs(string[] arguments)
    {
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (argument.Contains('=', StringComparison.Ordinal))
            {
                continue;
            }
            if (!argument.StartsWith('-') && !argument.StartsWith('/'))
            {
                throw new SettingException(argument, "is neither a name nor the value of one; --help shows all.");
            }
            if (++index == arguments.Length)
            {
                throw new SettingException(argument, "has no value.");
            }
        }
    }

    private static IEnumerable<string> NamesIn(IConfiguration configuration) =>
        configuration.AsEnumerable().Where(static one => one.Value is not null).Select(static one => one.Key);

    private bool IsOfOthers(string name) =>
        others.Concat(FrameworkNames).Contains(name, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(FrameworkSections, one => name.StartsWith(one, StringComparison.OrdinalIgnoreCase));

    private bool IsInSection(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is > 0 and var end
        && Array.Exists(_sections, one => name.AsSpan(0, end).Equals(one.Name, StringComparison.OrdinalIgnoreCase));

    // One underscore where an environment variable needs two.
    private bool IsNearly(string name) =>
        name.Contains(':', StringComparison.Ordinal)
            ? Nearest(name, Names) is { Distance: <= 2 }
            : Names.Any(one => one.Replace(':', '_') == name);

    private static SettingException Unknown(string name, IEnumerable<string> names) =>
        new(
            name,
            Nearest(name, names) is { } nearest && nearest.Distance <= Math.Max(2, name.Length / 3)
                ? $"is not known; did you mean {nearest.Name}?"
                : "is not known; --help shows all."
        );

    private static (string Name, int Distance)? Nearest(string name, IEnumerable<string> names) =>
        names
            .Select(one =>
                ((string Name, int Distance)?)(one, EditDistance(name.ToUpperInvariant(), one.ToUpperInvariant()))
            )
            .MinBy(static one => one!.Value.Distance);

    /// <summary>Letters to be put in, taken out or replaced to make one of the other.</summary>
    private static int EditDistance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
