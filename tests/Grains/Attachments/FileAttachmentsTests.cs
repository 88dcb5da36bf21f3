using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.TestKit;
using Actors.TestKit.Disks;

namespace Actors.Grains.Tests.Attachments;

public sealed class FileAttachmentsContractTests : AttachmentStoreContract, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-attachments-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    protected override ValueTask<IAttachmentStore> OpenAsync() =>
        new(
            new FileAttachmentStore(
                new PhysicalDisk(),
                Path.Combine(_directory, "attachments"),
                JournalDrive.Thread,
                System.Security.Cryptography.RandomNumberGenerator.Fill
            )
        );

    protected override SealingKey KeyOf(byte value) => FileAttachmentsTests.Key(value);
}

[Trait("Spec", "CH-4"), Trait("Spec", "AC-2")]
public sealed class FileAttachmentsTests
{
    private const int Chunk = 1 << 16;

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 3 * Chunk).Select(static at => (byte)(at % 251))];

    private SimulatedDisk _disk = new(1);

    [Fact]
    public async Task Nothing_of_a_file_is_on_the_disk_as_it_was_and_the_same_file_is_never_the_same_there()
    {
        await WriteAsync("a", Secret);
        await WriteAsync("b", Secret);

        var contents = _disk.Files.Select(_disk.Contents).ToList();
        Assert.Equal(2, contents.Count);
        Assert.All(contents, static content => Assert.True(content.AsSpan().IndexOf(Secret.AsSpan(0, 8)) < 0));
        Assert.NotEqual(contents[0], contents[1]);
    }

    [Fact]
    public async Task A_byte_that_was_changed_anywhere_is_found_before_it_is_given_out()
    {
        await WriteAsync("a", Secret[..(Chunk + 100)]);
        var path = PathOf("a");
        for (var at = 0L; at < _disk.LengthOf(path); at += at is < 60 or > Chunk ? 1 : 1_009)
        {
            _disk.Flip(path, at, 0x40);
            await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync("a"));
            _disk.Flip(path, at, 0x40);
        }
        Assert.Equal(Secret[..(Chunk + 100)], await ReadAsync("a"));
    }

    [Fact]
    public async Task A_file_that_was_cut_off_or_goes_on_is_not_opened()
    {
        await WriteAsync("a", Secret);
        var path = PathOf("a");
        const int sealedChunk = Chunk + 16;
        foreach (
            var length in new[] { 40 + (2 * sealedChunk), 40 + sealedChunk, 40, 39, 0, 40 + (3 * sealedChunk) - 1 }
        )
        {
            await ChangeAsync(path, file => file.SetLength(length));
        }
        await ChangeAsync(path, file => file.Write(new byte[100], file.Length));
        await ChangeAsync(path, file => file.Write(new byte[sealedChunk], file.Length));
    }

    [Fact]
    public async Task Chunks_that_changed_places_and_files_that_changed_names_are_found()
    {
        await WriteAsync("a", Secret);
        var (first, second) = (new byte[Chunk + 16], new byte[Chunk + 16]);
        using (var file = _disk.OpenFile(PathOf("a"), writable: true))
        {
            file.Read(first, 40);
            file.Read(second, 40 + first.Length);
            file.Write(second, 40);
            file.Write(first, 40 + first.Length);
        }
        await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync("a"));

        await WriteAsync("b", Secret);
        _disk.Rename(PathOf("b"), PathOf("a"));
        await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync("a"));
    }

    [Fact]
    public async Task What_a_crash_has_left_of_a_write_is_deleted_at_the_next_start()
    {
        _disk.CreateDirectory("/data/attachments/writing");
        _disk.CreateFile("/data/attachments/writing/half").Dispose();
        await WriteAsync("a", [1]);

        var store = Store();
        Assert.Equal(2, _disk.Files.Count);
        store.DeleteLeftovers();

        Assert.Equal([PathOf("a")], _disk.Files);
    }

    [Theory]
    [InlineData(UnsyncedFate.Lost)]
    [InlineData(UnsyncedFate.Kept)]
    [InlineData(UnsyncedFate.Chance)]
    public async Task Power_that_fails_at_any_operation_leaves_the_file_before_or_the_one_after(UnsyncedFate fate)
    {
        byte[] before = [1, 2, 3];
        for (var crashAt = 1; ; crashAt++)
        {
            _disk = new SimulatedDisk(crashAt);
            await WriteAsync("a", before);
            _disk.Faults = new DiskFaults { CrashAt = _disk.Operations + crashAt };
            var (wasWritten, wasDeleted) = (false, false);
            try
            {
                await WriteAsync("a", Secret);
                wasWritten = true;
                await Store().DeleteAsync("a");
                wasDeleted = true;
            }
            catch (SimulatedCrashException)
            {
                // As meant.
            }
            _disk.LosePower(fate);
            Store().DeleteLeftovers();

            // A deletion that was cut off has at least taken the salt, or nothing.
            var found = wasWritten && IsWithoutHead() ? null : await FindAsync("a");
            Assert.True(wasDeleted ? found is null : wasWritten || found is not null, $"operation {crashAt}");
            Assert.True(found is null || found.SequenceEqual(Secret) || (!wasWritten && found.SequenceEqual(before)));
            if (wasDeleted)
            {
                Assert.True(crashAt > 15, $"{crashAt} operations were tried.");
                return;
            }
        }
    }

    [Fact]
    public async Task Of_a_deleted_file_not_even_the_salt_of_its_key_is_left()
    {
        await WriteAsync("a", Secret);
        var file = _disk.OpenFile(PathOf("a"), writable: false);
        await Store().DeleteAsync("a");

        var head = new byte[SealedFile.HeadBytes];
        file.Read(head, 0);
        Assert.All(head, static value => Assert.Equal(0, value));
        Assert.Empty(_disk.Files);
    }

    internal static SealingKey Key(byte value)
    {
        var bytes = new byte[SealingKey.Bytes];
        Array.Fill(bytes, value);
        return new(bytes);
    }

    private FileAttachmentStore Store() =>
        new(_disk, "/data/attachments", JournalDrive.Manual, System.Security.Cryptography.RandomNumberGenerator.Fill);

    private async Task WriteAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await Store().WriteAsync(name, Key(1), stream);
    }

    private async Task<byte[]> ReadAsync(string name) => await FindAsync(name) ?? throw new FileNotFoundException(name);

    private bool IsWithoutHead() =>
        _disk.FileExists(PathOf("a"))
        && _disk.Contents(PathOf("a")).AsSpan(0, SealedFile.HeadBytes).IndexOfAnyExcept((byte)0) < 0;

    private async Task<byte[]?> FindAsync(string name)
    {
        await using var stream = await Store().OpenAsync(name, Key(1));
        if (stream is null)
        {
            return null;
        }
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private async Task ChangeAsync(string path, Action<IDiskFile> change)
    {
        await WriteAsync("a", Secret);
        using (var file = _disk.OpenFile(path, writable: true))
        {
            change(file);
        }
        await Assert.ThrowsAsync<JournalDamagedException>(() => ReadAsync("a"));
    }

    private static string PathOf(string name)
    {
        var id = KeyId.Of(name).Hex;
        return $"/data/attachments/{id[..2]}/{id}";
    }
}
