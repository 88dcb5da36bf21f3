using System.Security.Cryptography;
using System.Text;

namespace Actors.Journal.GrainStorage.Tests;

public class SnapshotTests
{
    private static readonly GrainStorageJournalOptions Encrypted = Rig.Small with { Key = SHA256.HashData("a key"u8) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_newest_snapshot_is_kept_and_an_older_one_does_not_replace_it(bool encrypted)
    {
        var rig = new Rig();
        var options = encrypted ? Encrypted : Rig.Small;
        await Rig.AppendAsync(rig.Open(options), StreamHead.Empty, Rig.Texts(9));
        Assert.Null(await rig.Open(options).ReadSnapshotAsync(Rig.Stream));
        await rig.Open(options).WriteSnapshotAsync(Rig.Stream, SnapshotOf(5));
        await rig.Open(options).WriteSnapshotAsync(Rig.Stream, SnapshotOf(9));

        await rig.Open(options).WriteSnapshotAsync(Rig.Stream, SnapshotOf(7));

        var found = await rig.Open(options).ReadSnapshotAsync(Rig.Stream);
        Assert.Equal((9, 18, 3), (found!.Sequence, found.Version, found.Schema));
        Assert.Equal("""{"at":9}""", Encoding.UTF8.GetString(found.Json.Span));
    }

    [Fact]
    public async Task A_snapshot_that_was_changed_or_does_not_open_counts_as_none()
    {
        var rig = new Rig();
        await Rig.AppendAsync(rig.Open(Encrypted), StreamHead.Empty, Rig.Texts(5));
        await rig.Open(Encrypted).WriteSnapshotAsync(Rig.Stream, SnapshotOf(5));
        Assert.Null(await rig.Open().ReadSnapshotAsync(Rig.Stream));

        rig.Storage.Tamper<SnapshotState>(
            "snapshot",
            stored =>
            {
                stored.Payload[^1] ^= 1;
                return stored;
            }
        );

        Assert.Null(await rig.Open(Encrypted).ReadSnapshotAsync(Rig.Stream));
    }

    private static StreamSnapshot SnapshotOf(long sequence) =>
        new(sequence, sequence * 2, 3, Encoding.UTF8.GetBytes($$"""{"at":{{sequence}}}"""));
}
