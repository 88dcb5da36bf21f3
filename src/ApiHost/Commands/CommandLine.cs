using Actors.Grains.Hosting;

namespace Actors.ApiHost.Commands;

/// <summary>The verbs that do something else than run the host.</summary>
internal static class CommandLine
{
    public delegate Task<int> Command(string[] arguments, IConfiguration settings, TextWriter output);

    private static readonly Dictionary<string, Command> Verbs = new()
    {
        ["token"] = TokenCommand.Run,
        ["journal"] = JournalCommand.Run,
    };

    /// <returns>Null when the arguments name no verb and the host should run.</returns>
    public static Task<int>? Find(string[] args, TextWriter output)
    {
        if (args is not [var verb, .. var rest] || verb.StartsWith('-'))
        {
            return null;
        }
        if (!Verbs.TryGetValue(verb, out var command))
        {
            throw new SettingException(verb, $"is no command; there are {string.Join(", ", Verbs.Keys)}.");
        }
        // A switch would take the next argument for its value.
        string[] valued = [.. rest.Where(static argument => argument != JournalCommand.Apply)];
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(valued).Build();
        return command(rest, settings, output);
    }
}
