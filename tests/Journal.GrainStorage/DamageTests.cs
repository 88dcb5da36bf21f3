using System.Security.Cryptography;
using System.Text;

namespace Actors.Journal.GrainStorage.Tests;

public class DamageTests
{
    private static readonly GrainStorageJournalOptions Encrypted = Rig.Small with { Key = SHA256.HashData("a key"u8) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_flipped_byte_is_found_and_named(bool encrypted)
    {
        var rig = new Rig();
        var options = encrypted ? Encrypted : Rig.Small;
        await Rig.AppendAsync(rig.Open(options), StreamHead.Empty, Rig.Texts(5));
        var length = 0;
        rig.Storage.Tamper<SegmentState>(
            "segment-0000000001",
            stored =>
            {
                length = stored.Records.Length;
                return stored;
            }
        );
        for (var offset = 0; offset < length; offset++)
        {
            rig.Storage.Tamper<SegmentState>("segment-0000000001", stored => Flipped(stored, offset));

            var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync(options));

            Assert.Equal("mood/ana, segment 1", damage.Path);
            rig.Storage.Tamper<SegmentState>("segment-0000000001", stored => Flipped(stored, offset));
        }
        Assert.Equal(Rig.Texts(5), await rig.ReadAllAsync(options));
    }

    [Fact]
    public async Task A_changed_part_of_a_large_commit_is_found()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, $"\"{new string('x', 600_000)}\"");
        var part = rig
            .Storage.Names.First(static name => name.StartsWith("part-", StringComparison.Ordinal))
            .Split(' ')[0];
        rig.Storage.Tamper<PartState>(
            part,
            stored =>
            {
                stored.Bytes[1000] ^= 1;
                return stored;
            }
        );

        await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync());
    }

    [Fact]
    public async Task A_missing_segment_in_the_middle_stops_the_reading()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(10));
        rig.Storage.Remove("segment-0000000002");

        var damage = await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync());

        Assert.Equal("mood/ana, segment 2", damage.Path);
    }

    [Fact]
    public async Task A_missing_newest_segment_is_not_taken_for_the_end()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(10));
        rig.Storage.Remove("segment-0000000004");

        await Assert.ThrowsAsync<JournalDamagedException>(() => rig.Open().ReadHeadAsync(Rig.Stream).AsTask());
    }

    [Fact]
    public async Task A_segment_that_was_replaced_by_an_older_version_of_itself_breaks_the_chain()
    {
        var rig = new Rig();
        var journal = rig.Open();
        var head = await Rig.AppendAsync(journal, StreamHead.Empty, Rig.Texts(2));
        SegmentState? older = null;
        rig.Storage.Tamper<SegmentState>("segment-0000000001", stored => older = stored);
        await Rig.AppendAsync(journal, head, Rig.Texts(3, 3));
        rig.Storage.Tamper<SegmentState>("segment-0000000001", _ => older!);

        await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync());
    }

    [Fact]
    public async Task With_a_key_nothing_is_readable_in_storage_and_another_key_does_not_open_it()
    {
        var rig = new Rig();
        const string secret = """{"text":"a secret that must not lie there"}""";
        await Rig.AppendAsync(rig.Open(Encrypted), StreamHead.Empty, secret);

        rig.Storage.Tamper<SegmentState>(
            "segment-0000000001",
            stored =>
            {
                Assert.DoesNotContain("secret", Encoding.UTF8.GetString(stored.Records), StringComparison.Ordinal);
                return stored;
            }
        );
        Assert.Equal([secret], await rig.ReadAllAsync(Encrypted));
        var other = Encrypted with { Key = SHA256.HashData("another key"u8) };
        await Assert.ThrowsAsync<JournalDamagedException>(() => rig.ReadAllAsync(other));
        var none = await Assert.ThrowsAsync<InvalidOperationException>(() => rig.ReadAllAsync());
        Assert.Contains("no journal key", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_from_before_a_key_was_configured_stay_readable()
    {
        var rig = new Rig();
        var head = await Rig.AppendAsync(rig.Open(), StreamHead.Empty, Rig.Texts(2));

        await Rig.AppendAsync(rig.Open(Encrypted), head, Rig.Texts(3, 3));

        Assert.Equal(Rig.Texts(5), await rig.ReadAllAsync(Encrypted));
    }

    private static SegmentState Flipped(SegmentState stored, int offset)
    {
        stored.Records[offset] ^= 0x20;
        return stored;
    }
}
