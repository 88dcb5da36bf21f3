using System.Buffers.Binary;
using System.Text;
using Actors.Grains.Attachments;
using Actors.Grains.Attachments.Formats;

namespace Actors.Grains.Tests.Attachments;

/// <summary>What is particular to one format.</summary>
[Trait("Spec", "CH-4")]
public sealed class FormatTests
{
    public static MatrixTheoryData<bool, ushort> Orientations => new([true, false], [1, 2, 3, 4, 5, 6, 7, 8]);

    [Theory, MemberData(nameof(Orientations))]
    public void A_jpeg_stays_upright(bool isLittle, ushort orientation)
    {
        var clean = Clean(Samples.Jpeg(exif: Samples.Exif(isLittle, orientation)))!;

        Assert.True(clean.AsSpan().IndexOf(Samples.Segment(0xE1, JpegOrientation.Write((byte)orientation))) > 0);
        Assert.Equal((byte)orientation, JpegOrientation.Find(JpegOrientation.Write((byte)orientation)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void An_orientation_that_there_is_not_is_dropped_with_the_rest_of_exif(ushort orientation) =>
        Assert.False(AttachmentRulesTests.Holds(Clean(Samples.Jpeg(exif: Samples.Exif(true, orientation)))!, "Exif"));

    [Fact]
    public void Exif_that_is_cut_off_anywhere_is_dropped_and_the_picture_is_not()
    {
        var exif = Samples.Exif(isLittle: false, 8);
        for (var length = 0; length < exif.Length; length++)
        {
            var clean = Clean(Samples.Jpeg(exif: exif[..length]));
            Assert.NotNull(clean);
            Assert.False(AttachmentRulesTests.Holds(clean, "GPS"));
        }
    }

    [Fact]
    public void A_jpeg_keeps_its_colours_and_loses_its_thumbnail()
    {
        var clean = Clean(Samples.Jpeg())!;

        Assert.True(AttachmentRulesTests.Holds(clean, "ICC_PROFILE\0\u0001\u0001colours"));
        byte[] jfif = [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1];
        Assert.True(clean.AsSpan().IndexOf(Samples.Segment(0xE0, jfif)) == 2);
        Assert.True(clean.AsSpan().IndexOf(Samples.Segment(0xEE, adobe)) > 0);
        Assert.Equal([0xFF, 0xD9], clean[^2..]);
    }

    [Fact]
    public void A_png_with_a_wrong_checksum_or_an_unknown_chunk_that_matters_is_refused()
    {
        var file = Samples.Png();
        for (var at = 8; at < file.Length - Samples.Planted.Length; at += 3)
        {
            var changed = (byte[])file.Clone();
            changed[at] ^= 1;
            Assert.Null(Clean(changed));
        }
        Assert.Null(Clean(Samples.Png(Samples.PngChunk("ABCD", [1]))));
        Assert.Null(Clean(Samples.Png(Samples.PngChunk("IHDR", new byte[13]))));
        Assert.NotNull(Clean(Samples.Png(Samples.PngChunk("acTL", new byte[8]))));
        // Not two names that share letters.
        Assert.Null(Clean(Samples.Png(Samples.PngChunk("DRPL", [1]))));
    }

    [Fact]
    public void A_webp_says_how_long_it_is_and_announces_nothing_that_it_has_not()
    {
        var clean = Clean(Samples.All["extended webp"].File)!;

        Assert.Equal(clean.Length - 8, (int)BinaryPrimitives.ReadUInt32LittleEndian(clean.AsSpan(4)));
        Assert.Equal(0x30, clean[20]);
        Assert.True(AttachmentRulesTests.Holds(clean, "ICCP") && AttachmentRulesTests.Holds(clean, "ALPH"));
    }

    [Fact]
    public void A_webp_with_a_second_picture_or_something_else_in_a_frame_is_refused()
    {
        Assert.Null(
            Clean(Samples.Riff("WEBP", Samples.Chunk("VP8 ", Samples.Vp8), Samples.Chunk("VP8 ", Samples.Vp8)))
        );
        var frame = Samples.Chunk(
            "ANMF",
            [.. new byte[16], .. Samples.Chunk("VP8 ", Samples.Vp8), .. Samples.Chunk("EXIF", [1])]
        );
        Assert.Null(Clean(Samples.Riff("WEBP", Samples.Chunk("VP8X", new byte[10]), frame)));
    }

    [Fact]
    public void A_gif_goes_on_repeating_as_often_as_it_did() =>
        Assert.True(AttachmentRulesTests.Holds(Clean(Samples.Gif())!, "NETSCAPE2.0\u0003\u0001\u0005\0\0"));

    [Fact]
    public void What_an_application_hides_behind_the_repetitions_of_a_gif_is_dropped()
    {
        byte[] hiding = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 5, 0, 3, .. "GPS"u8, 0];
        var file = Samples.Gif();
        Assert.False(AttachmentRulesTests.Holds(Clean([.. file[..19], .. hiding, .. file[19..]])!, "GPS"));
    }

    [Fact]
    public void Pages_of_an_ogg_are_numbered_one_by_one_and_have_the_right_sums()
    {
        var clean = Clean(Samples.All["ogg with a cover"].File)!;
        uint number = 0;
        for (var at = 0; at < clean.Length; number++)
        {
            Assert.Equal(number, BinaryPrimitives.ReadUInt32LittleEndian(clean.AsSpan(at + 18)));
            var end =
                at + 27 + clean[at + 26] + clean.AsSpan(at + 27, clean[at + 26]).ToArray().Sum(static part => part);
            var page = clean[at..end];
            var sum = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(22));
            page.AsSpan(22, 4).Clear();
            Assert.Equal(sum, Crc32.OfOgg(0, page));
            at = end;
        }
        Assert.Equal(4u, number);
    }

    [Fact]
    public void The_checksums_are_those_of_the_formats()
    {
        // The check value of CRC-32, and an empty IEND of any PNG.
        Assert.Equal(0xCBF43926, Crc32.OfPng("123456789"u8));
        Assert.Equal(0xAE426082, Crc32.OfPng("IEND"u8));
        // The check value of the same polynomial from zero, not reflected and not inverted.
        Assert.Equal(0x89A1897Fu, Crc32.OfOgg(0, "123456789"u8));
    }

    [Fact]
    public void Two_streams_in_an_ogg_are_refused()
    {
        var file = Samples.Ogg([1]);
        var first = Samples.OggPage(2, 0, 0, [.. "OpusHead"u8, 1, 1, .. new byte[9]]);
        var foreign = Samples.OggPage(2, 0, 0, "\u0080theora"u8.ToArray(), stream: 78);
        Assert.NotNull(Clean(file));
        Assert.Null(Clean([.. first, .. foreign, .. file[first.Length..]]));
    }

    [Fact]
    public void Places_in_an_m4a_stay_where_its_tables_say_that_they_are()
    {
        var file = Samples.M4a();
        var clean = Clean(file)!;

        Assert.Equal(file.Length, clean.Length);
        var place = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Samples.Content));
        Assert.Equal(place, clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Samples.Content)));
    }

    [Fact]
    public void A_film_is_no_m4a()
    {
        Assert.Null(Clean(Samples.M4a(handler: "vide")));
        Assert.Null(Clean(Samples.M4a(brand: "qt  ")));
        Assert.NotNull(Clean([.. Samples.Box("ftyp", "mp42\0\0\0\0mp42M4A "u8.ToArray()), .. Samples.M4a()[24..]]));
    }

    [Fact]
    public void An_mp3_ends_with_its_last_whole_frame_and_has_nothing_in_between()
    {
        byte[] three = [.. Samples.Mp3Frame(), .. Samples.Mp3Frame(), .. Samples.Mp3Frame()];

        Assert.Equal(three, Clean([.. three, .. Samples.Mp3Frame()[..100]]));
        Assert.Null(Clean([.. three, .. "<html>"u8]));
        Assert.Null(Clean([.. three, .. "<html>"u8, .. three]));
        Assert.Null(Clean(three[..(2 * 417)]));
        Assert.Null(Clean([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 4, .. "text"u8, .. "<html>"u8]));
    }

    private static byte[]? Clean(byte[] file) =>
        AttachmentRules.Clean(file, new AttachmentOptions()).Value is { } clean
            ? AttachmentRulesTests.Bytes(clean)
            : null;
}
