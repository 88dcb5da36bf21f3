using Actors.Grains.Hosting;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;

namespace Actors.ApiHost.Commands;

/// <summary>
/// <c>journal verify</c> checks every record and chain and names the first bad one, <c>journal dump --stream mood/ana</c>
/// prints a stream as JSON, <c>journal stats</c> shows sizes. The host must not run on the directory meanwhile.
/// </summary>
internal static class JournalCommand
{
    public static Task<int> Run(string[] arguments, IConfiguration settings, TextWriter output)
    {
        var journal = JournalSettings.From(settings);
        var disk = new PhysicalDisk();
        return arguments switch
        {
            ["verify", ..] => JournalVerifier.RunAsync(journal, disk, output),
            ["stats", ..] => JournalStatistics.RunAsync(journal, disk, output),
            ["dump", var stream, ..] when !stream.StartsWith('-') => Dump(stream),
            ["dump", ..] when settings["stream"] is { } stream => Dump(stream),
            _ => throw new SettingException("journal", "takes verify, stats or dump <category/key>."),
        };

        Task<int> Dump(string stream) => JournalDump.RunAsync(journal, disk, Parse(stream), output);
    }

    private static StreamId Parse(string text)
    {
        try
        {
            return StreamId.Parse(text);
        }
        catch (ArgumentException)
        {
            throw new SettingException("--stream", $"is a category and a key, such as mood/ana, not '{text}'.");
        }
    }
}
