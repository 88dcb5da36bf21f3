using Actors.Grains.Hosting;

namespace Actors.ApiHost.Commands;

/// <summary>What arguments ask for other than to run the host, and which arguments there are.</summary>
internal static class CommandLine
{
    public delegate Task<int> Command(string[] arguments, IConfiguration settings, TextWriter output);

    private const string Usage = """
        Runs the host, or one of the commands.

          token --sub ID --role user|model|admin|service [--hours 12] [--scope SCOPE]
              Prints a token that the host of the same directory accepts.
          journal verify [--anchor FILE] | stats | dump CATEGORY/KEY
              Looks at what a host, or a cluster, has stored.
          journal backup --to DIRECTORY | restore --from DIRECTORY --to DIRECTORY [--erased FILE] | rotate-key
              Copies it, brings a copy back, makes a new key for the next start.
          journal move --to ACCOUNT | repair [CATEGORY/KEY] [--apply]
              Brings it into a cluster's storage; puts wrong counts there right.

        Settings, each as --Name=value, as an environment variable (Limits__Burst), or in appsettings.json:

          urls
              Where to listen. Unless set: http://localhost:5000.
        """;

    private static readonly Dictionary<string, Command> Verbs = new()
    {
        ["token"] = TokenCommand.Run,
        ["journal"] = JournalCommand.Run,
    };

    private static readonly KnownSettings Known = Of();

    private static readonly KnownSettings KnownToVerbs = Of(
        "sub",
        "role",
        "hours",
        "scope",
        "stream",
        "from",
        "to",
        "anchor",
        "erased"
    );

    /// <returns>Null when the arguments name no verb and the host should run.</returns>
    public static Task<int>? Find(string[] args, TextWriter output)
    {
        if (args is ["help" or "-h" or "-?", ..] || args.Contains("--help"))
        {
            output.WriteLine($"{Usage}\n{Known.Help()}");
            return Task.FromResult(0);
        }
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
        // A misspelt directory would be verified, empty, and found in order.
        KnownToVerbs.Require(settings, [.. valued.SkipWhile(static argument => !argument.StartsWith('-'))]);
        return command(rest, settings, output);
    }

    /// <exception cref="SettingException">A setting is given that there is not.</exception>
    public static void RequireKnownSettings(this WebApplicationBuilder builder, string[] args) =>
        Known.Require(builder.Configuration, args);

    private static KnownSettings Of(params string[] others) =>
        new([typeof(CommandLine).Assembly, typeof(KnownSettings).Assembly], others);
}
