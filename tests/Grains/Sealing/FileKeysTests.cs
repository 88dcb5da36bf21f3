using System.Text;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Tools;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Grains.Tests.Sealing;

[Trait("Spec", "AC-2")]
public sealed class FileKeysTests
{
    private readonly KeyDirectory _directory = new(7);

    [Fact]
    public async Task A_destroyed_key_is_nowhere_on_the_disk_any_more_and_a_small_tombstone_is()
    {
        var keys = _directory.Open();
        await keys.OpenAsync("profile:ana");
        await keys.OpenAsync("profile:ben");
        var file = FileOf("profile:ana");
        var wrapped = _directory.Disk.Contents(file)[8..68];
        Assert.Contains(_directory.Contents(), content => Holds(content, wrapped));

        await keys.DestroyAsync("profile:ana");

        Assert.DoesNotContain(_directory.Contents(), content => Holds(content, wrapped));
        Assert.Equal(KeyRecord.Bytes, _directory.Disk.LengthOf(file));
        Assert.DoesNotContain(_directory.Contents(), content => Holds(content, "ana"u8));
        Assert.DoesNotContain(_directory.Disk.Files, static path => path.Contains("ana", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_are_opened_with_the_journal_key_that_wrapped_them_and_new_ones_are_wrapped_with_the_newest()
    {
        var first = (await _directory.Open().OpenAsync("first"))!.Seal("x", "y");
        await JournalKeys.RotateAsync(_directory.Options, _directory.Disk, TextWriter.Null);
        var second = (await _directory.Open().OpenAsync("second"))!.Seal("x", "y");

        Assert.Equal(first, (await _directory.Open().OpenAsync("first"))!.Seal("x", "y"));
        var lines = Encoding.ASCII.GetString(_directory.Disk.Contents("/data/journal/journal.key")).Split('\n');
        var (newest, oldest) = (Convert.FromBase64String(lines[0]), Convert.FromBase64String(lines[1]));
        Assert.Equal(second, await SealAsync(newest, "second"));
        Assert.Equal(first, await SealAsync(oldest, "first"));
        await Assert.ThrowsAsync<JournalKeyException>(() => SealAsync(newest, "first"));
        await Assert.ThrowsAsync<JournalKeyException>(() => SealAsync(oldest, "second"));
        Assert.Equal(first, await SealAsync(newest, "first", oldest));
    }

    [Fact]
    public async Task A_damaged_key_is_named_and_not_taken_for_a_destroyed_or_a_new_one()
    {
        await _directory.Open().OpenAsync("ana");
        var file = FileOf("ana");
        for (var at = 0; at < KeyRecord.Bytes; at++)
        {
            _directory.Disk.Flip(file, at, 0x02);
            var damage = await Assert.ThrowsAsync<JournalDamagedException>(async () =>
                await _directory.Open().OpenAsync("ana")
            );
            Assert.Equal(file, damage.Path);
            _directory.Disk.Flip(file, at, 0x02);
        }
        Assert.NotNull(await _directory.Open().OpenAsync("ana"));
    }

    [Fact]
    public async Task A_key_that_was_put_into_anothers_place_does_not_open()
    {
        await _directory.Open().OpenAsync("ana");
        _directory.Disk.CreateDirectory(Path.GetDirectoryName(FileOf("ben"))!);
        _directory.Disk.Rename(FileOf("ana"), FileOf("ben"));

        await Assert.ThrowsAsync<JournalKeyException>(async () => await _directory.Open().OpenAsync("ben"));
    }

    [Fact]
    public async Task A_key_that_is_in_use_costs_the_disk_nothing_and_is_looked_up_again_after_a_minute_at_most()
    {
        var time = new FakeTimeProvider();
        var directory = new KeyDirectory(1) { Time = time };
        var (here, elsewhere) = (directory.Open(), directory.Open());
        Assert.NotNull(await here.OpenAsync("ana"));
        var operations = directory.Disk.Operations;
        Assert.NotNull(await here.OpenAsync("ana"));
        Assert.Equal(operations, directory.Disk.Operations);

        await elsewhere.DestroyAsync("ana");
        for (var second = 0; second < 60; second++)
        {
            await here.OpenAsync("ana");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await here.OpenAsync("ana"));
    }

    [Fact]
    public async Task Destroyed_keys_are_listed_outside_of_the_data_before_they_are_gone()
    {
        var directory = new KeyDirectory(1) { Erased = KeyDirectory.ErasedList };
        var keys = directory.Open();
        await keys.OpenAsync("ana");
        await keys.DestroyAsync("ana");
        // What a crash has left of a line is written over.
        using (var file = directory.Disk.OpenFile(KeyDirectory.ErasedList, writable: true))
        {
            file.Write("0123"u8, file.Length);
        }
        await keys.DestroyAsync("ben");

        var listed = new ErasedList(directory.Disk, KeyDirectory.ErasedList).Read();

        Assert.Equal([KeyId.Of("ana"), KeyId.Of("ben")], listed.OrderBy(static id => id != KeyId.Of("ana")));
    }

    private async Task<string> SealAsync(byte[] journalKey, string name, params byte[][] older)
    {
        var options = _directory.Options with { Key = journalKey, OlderKeys = older };
        var wrap = new KeyWrap(JournalKeys.DeriveAll(options, _directory.Disk, KeyWrap.Purpose), options.RandomBytes);
        var store = new FileKeyStore(_directory.Disk, "/data/keys", JournalDrive.Manual);
        var keys = new ErasableKeys(store, wrap, TimeProvider.System);
        return (await keys.OpenAsync(name))!.Seal("x", "y");
    }

    private static string FileOf(string name)
    {
        var id = KeyId.Of(name).Hex;
        return $"/data/keys/{id[..2]}/{id}";
    }

    private static bool Holds(byte[] content, ReadOnlySpan<byte> part) => content.AsSpan().IndexOf(part) >= 0;
}
