using System.Net.Sockets;
using Actors.Grains.Hosting;
using Actors.Journal;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Actors.Hosting;

/// <summary>Runs a process until it is told to stop. What keeps it from starting is one line in words, and a code.</summary>
internal static class ProcessRun
{
    private const int Failed = 1;
    private const int BadSetting = 2;
    private const int DamagedJournal = 3;

    public static async Task<int> UntilStoppedAsync(WebApplication app)
    {
        await using var _ = app;
        ListenAddresses.Require(app.Configuration);
        // What these find wrong is explained in a line; found by the host itself it would come as a stack trace as well.
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.Services.GetRequiredService<IEnumerable<IHostedService>>();
        await app.StartAsync();
        await app.WaitForShutdownAsync();
        // Not 0 when something within asked for the stop, such as a journal that cannot be written any more.
        return Environment.ExitCode != 0 ? Environment.ExitCode : CodeOf(app.Services.GetServices<IHostedService>());
    }

    /// <summary>The host stops as if it had been asked to when a service of it has failed.</summary>
    internal static int CodeOf(IEnumerable<IHostedService> services) =>
        services.OfType<BackgroundService>().Any(static service => service.ExecuteTask?.IsFaulted == true) ? Failed : 0;

    /// <summary>Nothing that goes wrong is a crash: it is one line in words.</summary>
    public static async Task<int> ExplainedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception fault)
        {
            var (code, line) = Explain(fault);
            await Console.Error.WriteLineAsync(line);
            return code;
        }
    }

    internal static (int Code, string Line) Explain(Exception fault) =>
        fault switch
        {
            SettingException or JournalLockedException or JournalKeyException => (BadSetting, fault.Message),
            JournalBehindAnchorException => (DamagedJournal, fault.Message),
            OptionsValidationException invalid => (BadSetting, string.Join('\n', invalid.Failures)),
            JournalDamagedException => (DamagedJournal, $"{fault.Message} 'journal verify' tells more."),
            // Kestrel wraps what the socket says.
            IOException { InnerException: AddressInUseException } => (BadSetting, $"Setting urls: {FirstLine(fault)}"),
            _ when fault.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => (
                BadSetting,
                "Setting Cluster:SiloPort or Cluster:GatewayPort names a port that somebody else listens on."
            ),
            _ => (Failed, $"This failed: {FirstLine(fault.GetBaseException())}"),
        };

    private static string FirstLine(Exception fault) => fault.Message.Split('\n')[0].Trim();
}
