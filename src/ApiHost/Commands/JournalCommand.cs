using Actors.ApiHost.Hosting;
using Actors.Grains.Hosting;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;

namespace Actors.ApiHost.Commands;

/// <summary>
/// <c>journal verify</c>, <c>journal dump mood/ana</c>, <c>journal stats</c>: looks at the journal of a host that does not
/// run. The exit code is 0 when all is well, 1 when something is damaged, 2 when it could not be looked at.
/// </summary>
internal static class JournalCommand
{
    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output)
    {
        var (options, disk) = (JournalSettings.From(settings), new PhysicalDisk());
        return arguments switch
        {
            ["verify", ..] => JournalVerifier.RunAsync(options, disk, output),
            ["stats", ..] => JournalStatistics.RunAsync(options, disk, output),
            ["dump", var stream, ..] => JournalDump.RunAsync(options, disk, Stream(stream), output),
            _ => throw new SettingException("journal", "is followed by verify, by stats, or by dump and a stream."),
        };
    }

    private static StreamId Stream(string name)
    {
        try
        {
            return StreamId.Parse(name);
        }
        catch (ArgumentException fault)
        {
            throw new SettingException("journal dump", $"takes a stream such as mood/ana: {fault.Message}");
        }
    }
}
