using System.Text;
using Actors.GrainInterfaces.Attachments;
using Actors.Grains.Attachments;

namespace Actors.Grains.Tests.Attachments;

[Trait("Spec", "CH-4")]
public sealed class AttachmentRulesTests
{
    private static readonly AttachmentOptions Options = new();

    public static TheoryData<string> Names => new(Samples.All.Keys);

    [Theory, MemberData(nameof(Names))]
    public void A_file_is_known_by_its_content_and_keeps_what_is_seen_or_heard(string name)
    {
        var (type, file) = Samples.All[name];

        var clean = AttachmentRules.Clean(file, Options);

        Assert.Null(clean.Refusal);
        Assert.Equal(type, clean.Value!.Type);
        Assert.True(Holds(Bytes(clean.Value), Samples.Content));
    }

    [Theory, MemberData(nameof(Names))]
    public void Nothing_that_was_planted_is_left(string name)
    {
        var clean = Bytes(AttachmentRules.Clean(Samples.All[name].File, Options).Value!);

        foreach (var word in Samples.Planted.Split(' ').Append("madewhen"))
        {
            Assert.False(Holds(clean, word) && word.Length > 1, word);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_left_is_accepted_again_and_unchanged(string name)
    {
        var clean = AttachmentRules.Clean(Samples.All[name].File, Options).Value!;
        var once = Bytes(clean);

        var again = AttachmentRules.Clean(once, Options).Value!;

        Assert.Equal(clean.Type, again.Type);
        Assert.Equal(once, Bytes(again));
        Assert.Equal(once.Length, clean.Length);
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_read_of_it_is_what_was_kept(string name)
    {
        var clean = AttachmentRules.Clean(Samples.All[name].File, Options).Value!;
        using var stream = clean.OpenRead();
        using var read = new MemoryStream();

        stream.CopyTo(read);

        Assert.Equal(Bytes(clean), read.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_file_that_is_cut_off_is_refused(string name)
    {
        var (type, file) = Samples.All[name];
        var clean = Bytes(AttachmentRules.Clean(file, Options).Value!);
        for (var length = 0; length < clean.Length; length += length < 2_000 ? 1 : 997)
        {
            var cut = AttachmentRules.Clean(clean.AsMemory(0, length), Options);
            // Frames and pages are whole by themselves.
            if (type is not AttachmentType.Mp3 and not AttachmentType.OggOpus || length < 100)
            {
                Assert.Contains(cut.Refusal?.Code, (string[])["UNSUPPORTED_ATTACHMENT", "INVALID_ATTACHMENT"]);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Whatever_is_changed_nothing_is_thrown_and_what_is_accepted_is_accepted_again(string name)
    {
        var file = Samples.All[name].File;
#pragma warning disable RS0030 // Its seed is given.
        var random = new Random(20_300_101);
#pragma warning restore RS0030
        for (var round = 0; round < 3_000; round++)
        {
            var mutated = Mutate(file, random);
            if (AttachmentRules.Clean(mutated, Options).Value is { } clean)
            {
                var once = Bytes(clean);
                var again = AttachmentRules.Clean(once, Options);
                Assert.True(again.Value is not null, $"round {round}");
                Assert.Equal(once, Bytes(again.Value));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_file_within_another_is_refused_or_does_not_come_along(string name)
    {
        var file = Samples.All[name].File;
        byte[] archive = [.. "PK\x03\x04"u8, .. "<script>alert(1)</script>"u8];

        Assert.Equal(
            "UNSUPPORTED_ATTACHMENT",
            AttachmentRules.Clean((byte[])[.. archive, .. file], Options).Refusal?.Code
        );
        if (AttachmentRules.Clean((byte[])[.. file, .. archive], Options).Value is { } clean)
        {
            Assert.False(Holds(Bytes(clean), "<script>"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("%PDF-1.7")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("MZ\u0090\0\u0003")]
    [InlineData("BM\0\0\0\0")]
    [InlineData("fLaC\0\0\0\"")]
    [InlineData("II*\0\u0008\0\0\0")]
    [InlineData("\u001AE\u00DF\u00A3webm")]
    [InlineData("RIFF\u0004\0\0\0AVI ")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0avifmif1")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isommp41")]
    public void Everything_else_is_refused(string file) =>
        Assert.Equal(
            AttachmentRefusals.UnsupportedAttachment,
            AttachmentRules.Clean(Encoding.Latin1.GetBytes(file), Options).Refusal
        );

    [Fact]
    public void Pictures_and_voice_have_each_their_own_size()
    {
        var options = new AttachmentOptions { MaxImageMegabytes = 1, MaxVoiceMegabytes = 2 };
        byte[] Large(string name, int bytes) =>
            [.. Samples.All[name].File, .. new byte[bytes - Samples.All[name].File.Length]];

        Assert.Null(AttachmentRules.Clean(Large("png", 1 << 20), options).Refusal);
        var refusal = AttachmentRules.Clean(Large("png", (1 << 20) + 1), options).Refusal;
        Assert.Equal(AttachmentRefusals.AttachmentTooLargeCode, refusal?.Code);
        Assert.Equal(1 << 20, refusal?.Figures?["maxBytes"]);
        Assert.Null(AttachmentRules.Clean(Large("wav", 2 << 20), options).Refusal);
        Assert.Equal(
            2 << 20,
            AttachmentRules.Clean(Large("wav", (2 << 20) + 1), options).Refusal?.Figures?["maxBytes"]
        );
        Assert.Equal(2 << 20, options.MaxBytes);
        Assert.Equal(
            (10L << 20, 20L << 20),
            (Options.MaxBytesOf(AttachmentType.Gif), Options.MaxBytesOf(AttachmentType.Mp3))
        );
    }

    [Fact]
    public void Files_that_are_nothing_but_structure_are_refused_and_cost_little()
    {
        byte[] Repeat(byte[] part) =>
            [.. Enumerable.Repeat(part, (1 << 20) / part.Length).SelectMany(static bytes => bytes)];

        byte[][] files =
        [
            [.. Samples.M4a(), .. Repeat(Samples.Box("free"))],
            [0xFF, 0xD8, .. Repeat([.. Samples.Segment(0xDD, [0, 1]), .. Samples.Segment(0xFE, [])])],
            [.. "GIF89a"u8, .. new byte[7], .. Repeat([0x21, 0xFF, 0])],
            Samples.Riff("WAVE", Repeat(Samples.Chunk("fmt ", []))),
            Repeat(Samples.OggPage(0, 0, 9, [])),
        ];

        Assert.All(files, static file => Assert.NotNull(AttachmentRules.Clean(file, Options).Refusal));
    }

    internal static byte[] Bytes(CleanAttachment clean) =>
        [.. clean.Pieces.SelectMany(static piece => piece.ToArray())];

    internal static bool Holds(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private static byte[] Mutate(byte[] file, Random random)
    {
        var mutated = file.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            // Heads are where it matters.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(mutated.Count, 200) : mutated.Count);
            switch (random.Next(6))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    mutated[at] = random.Next(2) == 0 ? (byte)0 : (byte)255;
                    break;
                case 3:
                    mutated.RemoveRange(at, Math.Min(random.Next(1, 9), mutated.Count - at));
                    break;
                case 4:
                    mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 40), mutated.Count - at)));
                    break;
                default:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
            }
            if (mutated.Count == 0)
            {
                break;
            }
        }
        return [.. mutated];
    }
}
