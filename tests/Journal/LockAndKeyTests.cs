using System.Diagnostics;
using System.Text;
using Actors.Journal.Disks;

namespace Actors.Journal.Tests;

/// <summary>One process at a time, and nothing readable without the key.</summary>
[Trait("Spec", "SE-2")]
public sealed class LockAndKeyTests : IDisposable
{
    private const string Secret = "somebody-private";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_directory_that_is_open_cannot_be_opened_again_until_it_is_closed()
    {
        var journal = Open();
        var refusal = Assert.Throws<JournalLockedException>(() => Open());
        Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
        await journal.DisposeAsync();

        await Open().DisposeAsync();
    }

    [Fact]
    public async Task Another_process_sees_the_lock()
    {
        if (!File.Exists("/usr/bin/flock"))
        {
            return;
        }
        var journal = Open();
        Assert.NotEqual(0, await FlockAsync());
        await journal.DisposeAsync();
        Assert.Equal(0, await FlockAsync());
    }

    [Fact]
    public async Task The_key_is_made_once_and_only_its_owner_may_read_it()
    {
        await WriteAsync();
        var path = Path.Combine(_directory.Path, "journal.key");
        var key = await File.ReadAllTextAsync(path);

        await Open().DisposeAsync();

        Assert.Equal(32, Convert.FromBase64String(key).Length);
        Assert.Equal(key, await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
        {
            var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var files = Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories);
            foreach (var file in files)
            {
                Assert.Equal(ownerOnly, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Without_its_key_a_journal_does_not_open_and_no_new_key_is_made()
    {
        await WriteAsync();
        File.Delete(Path.Combine(_directory.Path, "journal.key"));

        Assert.Throws<JournalKeyException>(() => Open());

        Assert.False(File.Exists(Path.Combine(_directory.Path, "journal.key")));
    }

    [Fact]
    public async Task With_another_key_a_journal_does_not_open()
    {
        await WriteAsync(new byte[32]);

        var refusal = Assert.Throws<JournalKeyException>(() => Open(Enumerable.Repeat((byte)1, 32).ToArray()));

        Assert.Contains("another key", refusal.Message, StringComparison.Ordinal);
        await Open(new byte[32]).DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 !")]
    [InlineData("c2hvcnQ=")]
    public async Task A_key_file_that_holds_no_key_is_refused_by_name(string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "journal.key"), content);

        var refusal = Assert.Throws<JournalKeyException>(() => Open());

        Assert.Contains("journal.key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => Open(new byte[16]));

    [Fact]
    public async Task Nothing_of_a_person_can_be_read_from_the_files()
    {
        await WriteAsync();

        foreach (var file in Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
    }

    private async Task WriteAsync(byte[]? key = null)
    {
        await using var journal = Open(key);
        var stream = new StreamId("wallet", Secret);
        await journal.AppendAsync(
            new()
            {
                Stream = stream,
                AfterSequence = 0,
                AfterVersion = 0,
                At = Scenario.Start,
                Events = [Encoding.UTF8.GetBytes($"\"{Secret}\"")],
                Mark = Encoding.UTF8.GetBytes($"\"{Secret}\""),
            }
        );
        await journal.WriteSnapshotAsync(stream, new(1, 1, 1, Encoding.UTF8.GetBytes($"\"{Secret}\"")));
    }

    private FileJournal Open(byte[]? key = null) =>
        FileJournal.Open(new() { Directory = _directory.Path, Key = key }, new PhysicalDisk(), TimeProvider.System);

    private async Task<int> FlockAsync()
    {
        var lockPath = Path.Combine(_directory.Path, "lock");
        using var process = Process.Start("/usr/bin/flock", ["--nonblock", lockPath, "true"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
