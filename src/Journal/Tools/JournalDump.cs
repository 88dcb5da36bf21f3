using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Journal.Disks;
using Actors.Journal.Format;

namespace Actors.Journal.Tools;

/// <summary>Prints one stream of a journal, a JSON object per record, oldest first.</summary>
public static class JournalDump
{
    /// <summary>0 when the stream was found, 1 when something is damaged, 2 when it could not be read.</summary>
    public static Task<int> RunAsync(JournalOptions options, IDisk disk, StreamId stream, TextWriter output) =>
        StoredJournal.UseAsync(options, disk, output, journal => DumpAsync(journal, stream, output));

    private static async Task<int> DumpAsync(StoredJournal journal, StreamId stream, TextWriter output)
    {
        var id = Encoding.UTF8.GetBytes(stream.Value);
        var found = false;
        foreach (var place in journal.Layout.Logs)
        {
            journal.Scan(
                place,
                (in RecordView record, Position _, string _) =>
                {
                    if (record.Stream.SequenceEqual(id))
                    {
                        output.WriteLine(LineOf(record.ToRecord(), record.Hash));
                        found = true;
                    }
                }
            );
        }
        if (!found)
        {
            await output.WriteLineAsync($"There is no stream {stream}.");
        }
        return found ? 0 : 2;
    }

    /// <summary>One record as a line of JSON, with its hash where that is known.</summary>
    public static string LineOf(JournalRecord record, ReadOnlySpan<byte> hash = default)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", record.Sequence);
            json.WriteNumber("firstVersion", record.FirstVersion);
            json.WriteString("at", record.At.ToString("O", CultureInfo.InvariantCulture));
            if (!hash.IsEmpty)
            {
                json.WriteString("hash", Convert.ToHexStringLower(hash));
            }
            WriteRaw(json, "mark", record.Mark);
            json.WriteStartArray("events");
            foreach (var stored in record.Events)
            {
                json.WriteRawValue(stored.Span, skipInputValidation: true);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }
    }
}
