using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Actors.Journal;

namespace Actors.TestKit;

/// <summary>
/// What every <see cref="IAttachmentStore"/> promises. Derive a test class per implementation; each test gets a storage of its own.
/// </summary>
[Trait("Spec", "CH-4")]
public abstract class AttachmentStoreContract
{
    private const int Chunk = 1 << 16;

    protected static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Opens the test's storage; again, to see what is kept.</summary>
    protected abstract ValueTask<IAttachmentStore> OpenAsync();

    protected abstract SealingKey KeyOf(byte value);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(40 * Chunk + 17)]
    public async Task What_was_written_is_read_as_it_was_also_after_opening_again(int length)
    {
        var content = Content(length, 1);
        Assert.Equal(length, await WriteAsync(await OpenAsync(), "a", content));

        Assert.Equal(content, await ReadAsync(await OpenAsync(), "a"));
    }

    [Fact]
    public async Task It_is_read_from_any_place_to_any_other()
    {
        var content = Content((20 * Chunk) + 100, 2);
        var store = await OpenAsync();
        await WriteAsync(store, "a", content);

        await using var stream = (await store.OpenAsync("a", KeyOf(1)))!;
        Assert.Equal(content.Length, stream.Length);
        foreach (
            var start in new[]
            {
                content.Length - 1,
                0,
                Chunk - 1,
                Chunk,
                17 * Chunk,
                5,
                content.Length - 200,
                content.Length,
            }
        )
        {
            stream.Position = start;
            var part = new byte[Math.Min(Chunk + 10, content.Length - start)];
            await stream.ReadExactlyAsync(part, None);
            Assert.Equal(content[start..(start + part.Length)], part);
        }
        Assert.Equal(0, await stream.ReadAsync(new byte[1], None));
    }

    [Fact]
    public async Task What_is_not_there_or_was_deleted_is_not_found()
    {
        var store = await OpenAsync();
        Assert.Null(await store.OpenAsync("a", KeyOf(1)));
        await store.DeleteAsync("a");
        await WriteAsync(store, "a", Content(10, 1));
        await WriteAsync(store, "b", Content(10, 2));

        await store.DeleteAsync("a");
        await store.DeleteAsync("a");

        Assert.Null(await (await OpenAsync()).OpenAsync("a", KeyOf(1)));
        Assert.Equal(Content(10, 2), await ReadAsync(store, "b"));
    }

    [Fact]
    public async Task What_is_written_again_takes_the_place_of_what_was_there()
    {
        var store = await OpenAsync();
        await WriteAsync(store, "a", Content(3 * Chunk, 1));
        await WriteAsync(store, "a", Content(5, 2));

        Assert.Equal(Content(5, 2), await ReadAsync(await OpenAsync(), "a"));
    }

    [Fact]
    public async Task A_source_that_fails_leaves_what_was_there()
    {
        var store = await OpenAsync();
        await WriteAsync(store, "a", Content(5, 1));
        await using var broken = new BrokenStream(Content(20 * Chunk, 2));

        await Assert.ThrowsAsync<EndOfStreamException>(() => store.WriteAsync("a", KeyOf(1), broken));
        await Assert.ThrowsAsync<EndOfStreamException>(() => store.WriteAsync("b", KeyOf(1), broken));

        Assert.Equal(Content(5, 1), await ReadAsync(await OpenAsync(), "a"));
        Assert.Null(await store.OpenAsync("b", KeyOf(1)));
    }

    [Fact]
    public async Task With_another_key_nothing_is_read()
    {
        var store = await OpenAsync();
        await WriteAsync(store, "a", Content(10, 1));

        await Assert.ThrowsAsync<JournalDamagedException>(() => store.OpenAsync("a", KeyOf(2)));
    }

    [Fact]
    public async Task Many_that_write_under_one_name_leave_one_of_their_files()
    {
        var store = await OpenAsync();
        await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(number => Task.Run(() => WriteAsync(store, "a", Content(3 * Chunk, (byte)number))))
        );

        var left = await ReadAsync(store, "a");

        Assert.Contains(
            Enumerable.Range(1, 4),
            number => Content(3 * Chunk, (byte)number).AsSpan().SequenceEqual(left)
        );
    }

    protected static byte[] Content(int length, byte seed)
    {
        var content = new byte[length];
        for (var at = 0; at < length; at++)
        {
            content[at] = (byte)((at * 31) + (at >> 8) + seed);
        }
        return content;
    }

    protected async Task<long> WriteAsync(IAttachmentStore store, string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await store.WriteAsync(name, KeyOf(1), stream);
    }

    protected async Task<byte[]> ReadAsync(IAttachmentStore store, string name)
    {
        await using var stream = (await store.OpenAsync(name, KeyOf(1)))!;
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>A sender whose connection breaks.</summary>
    private sealed class BrokenStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        ) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new EndOfStreamException();
    }
}
