using System.Buffers.Binary;
using System.Text;
using Actors.GrainInterfaces.Attachments;
using Actors.Grains.Attachments.Formats;

namespace Actors.Grains.Tests.Attachments;

/// <summary>
/// Small files of each kind, with <see cref="Planted"/> wherever a camera, a phone or a person could have left something, and
/// <see cref="Content"/> where what is seen or heard would be.
/// </summary>
internal static class Samples
{
    public const string Planted = "GPS 52.5163 N 13.3777 E";
    public const string Content = "this is what is seen or heard";

    private static readonly byte[] Secret = Encoding.ASCII.GetBytes(Planted);
    private static readonly byte[] Shown = Encoding.ASCII.GetBytes(Content);

    public static IReadOnlyDictionary<string, (AttachmentType Type, byte[] File)> All { get; } =
        new Dictionary<string, (AttachmentType, byte[])>
        {
            ["jpeg"] = (AttachmentType.Jpeg, Jpeg()),
            ["progressive jpeg"] = (AttachmentType.Jpeg, Jpeg(frame: 0xC2)),
            ["png"] = (AttachmentType.Png, Png()),
            ["gif"] = (AttachmentType.Gif, Gif()),
            ["webp"] = (AttachmentType.WebP, Riff("WEBP", Chunk("VP8 ", Vp8), Chunk("EXIF", Secret))),
            ["lossless webp"] = (AttachmentType.WebP, Riff("WEBP", Chunk("VP8L", Vp8L))),
            ["extended webp"] = (AttachmentType.WebP, ExtendedWebP()),
            ["animated webp"] = (AttachmentType.WebP, AnimatedWebP()),
            ["wav"] = (AttachmentType.Wav, Wav()),
            ["ogg"] = (AttachmentType.OggOpus, Ogg(Secret)),
            ["ogg with a cover"] = (
                AttachmentType.OggOpus,
                Ogg([.. Enumerable.Repeat(Secret, 8_000).SelectMany(static part => part)])
            ),
            ["mp3"] = (AttachmentType.Mp3, Mp3()),
            ["m4a"] = (AttachmentType.M4a, M4a()),
        };

    public static byte[] Jpeg(byte frame = 0xC0, byte[]? exif = null, byte[]? scan = null) =>
        [
            0xFF,
            0xD8,
            .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 9, 9, .. Secret]),
            .. Segment(0xE1, exif ?? Exif(isLittle: true, 6)),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Secret]),
            .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. "colours"u8]),
            .. Segment(0xE2, [.. "MPF\0"u8, .. Secret]),
            .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Secret]),
            .. Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. Secret]),
            .. Segment(0xEF, Secret),
            .. Segment(0xFE, Secret),
            .. Segment(0xDB, new byte[65]),
            0xFF,
            .. Segment(frame, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]),
            .. Segment(0xC4, new byte[17]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. scan ?? [.. Shown, 0xFF, 0x00, 1, 0xFF, 0xD0, 2],
            .. Segment(0xFE, Secret),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            3,
            4,
            0xFF,
            0xD9,
            .. Secret,
        ];

    public static byte[] Exif(bool isLittle, ushort orientation)
    {
        byte[] Two(ushort value) => isLittle ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value];
        byte[] Four(uint value) =>
            isLittle
                ? [.. Two((ushort)value), .. Two((ushort)(value >> 16))]
                : [.. Two((ushort)(value >> 16)), .. Two((ushort)value)];
        return
        [
            .. "Exif\0\0"u8,
            .. isLittle ? "II*\0"u8 : "MM\0*"u8,
            .. Four(8),
            .. Two(2),
            .. Two(0x010F),
            .. Two(2),
            .. Four((uint)Secret.Length),
            .. Four(38),
            .. Two(0x0112),
            .. Two(3),
            .. Four(1),
            .. Two(orientation),
            .. Two(0),
            .. Four(0),
            .. Secret,
        ];
    }

    public static byte[] Png(params byte[][] more) =>
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            .. PngChunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]),
            .. PngChunk("gAMA", [0, 0, 1, 1]),
            .. PngChunk("tEXt", Secret),
            .. PngChunk("iTXt", Secret),
            .. PngChunk("zTXt", Secret),
            .. PngChunk("eXIf", Secret),
            .. PngChunk("tIME", [7, 230, 1, 1, 0, 0, 0]),
            .. PngChunk("prIv", Secret),
            .. more.SelectMany(static chunk => chunk),
            .. PngChunk("IDAT", Shown),
            .. PngChunk("IDAT", [1]),
            .. PngChunk("IEND", []),
            .. Secret,
        ];

    public static byte[] PngChunk(string type, byte[] body)
    {
        byte[] inner = [.. Encoding.ASCII.GetBytes(type), .. body];
        return [.. Big((uint)body.Length), .. inner, .. Big(Crc32.OfPng(inner))];
    }

    public static byte[] Gif() =>
        [
            .. "GIF89a"u8,
            2,
            0,
            2,
            0,
            0x80,
            0,
            0,
            .. new byte[6],
            0x21,
            0xFE,
            (byte)Secret.Length,
            .. Secret,
            0,
            0x21,
            0xFF,
            11,
            .. "XMP DataXMP"u8,
            (byte)Secret.Length,
            .. Secret,
            0,
            0x21,
            0xFF,
            11,
            .. "NETSCAPE2.0"u8,
            3,
            1,
            5,
            0,
            0,
            0x21,
            0x01,
            12,
            .. new byte[12],
            (byte)Secret.Length,
            .. Secret,
            0,
            0x21,
            0xF9,
            4,
            0,
            10,
            0,
            0,
            0,
            0x2C,
            0,
            0,
            0,
            0,
            2,
            0,
            2,
            0,
            0x80,
            .. new byte[6],
            2,
            (byte)Shown.Length,
            .. Shown,
            1,
            7,
            0,
            0x2C,
            0,
            0,
            0,
            0,
            2,
            0,
            2,
            0,
            0,
            2,
            1,
            7,
            0,
            0x3B,
            .. Secret,
        ];

    public static byte[] Riff(string form, params byte[][] chunks)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(form), .. chunks.SelectMany(static chunk => chunk)];
        return [.. "RIFF"u8, .. Little((uint)body.Length), .. body, .. Secret];
    }

    public static byte[] Chunk(string type, byte[] body) =>
        [.. Encoding.ASCII.GetBytes(type), .. Little((uint)body.Length), .. body, .. new byte[body.Length & 1]];

    public static byte[] Vp8 => [0x10, 0, 0, 0x9D, 0x01, 0x2A, 2, 0, 2, 0, .. Shown];

    private static byte[] Vp8L => [0x2F, 1, 0, 0, 0, .. Shown];

    private static byte[] ExtendedWebP() =>
        Riff(
            "WEBP",
            Chunk("VP8X", [0x3C, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
            Chunk("ICCP", [1, 2, 3]),
            Chunk("ALPH", [0, 1, 2]),
            Chunk("VP8 ", Vp8),
            Chunk("EXIF", Secret),
            Chunk("XMP ", Secret),
            Chunk("priv", Secret)
        );

    private static byte[] AnimatedWebP() =>
        Riff(
            "WEBP",
            Chunk("VP8X", [0x0A, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
            Chunk("ANIM", new byte[6]),
            Chunk("ANMF", [.. new byte[16], .. Chunk("ALPH", [0, 1]), .. Chunk("VP8 ", Vp8)]),
            Chunk("ANMF", [.. new byte[16], .. Chunk("VP8L", Vp8L)]),
            Chunk("EXIF", Secret)
        );

    private static byte[] Wav() =>
        Riff(
            "WAVE",
            Chunk("JUNK", Secret),
            Chunk("fmt ", [1, 0, 1, 0, 0x44, 0xAC, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0]),
            Chunk("LIST", [.. "INFOICMT"u8, .. Little((uint)Secret.Length), .. Secret]),
            Chunk("fact", [1, 0, 0, 0]),
            Chunk("data", Shown),
            Chunk("id3 ", Secret),
            Chunk("bext", Secret)
        );

    public static byte[] Ogg(byte[] comment)
    {
        byte[] tags =
        [
            .. "OpusTags"u8,
            .. Little(4),
            .. "made"u8,
            .. Little(1),
            .. Little((uint)comment.Length),
            .. comment,
        ];
        List<byte> file = [.. OggPage(2, 0, 0, [.. "OpusHead"u8, 1, 1, .. new byte[9]])];
        uint number = 1;
        for (var at = 0; at <= tags.Length; number++)
        {
            // A page takes 255 parts of 255 bytes.
            var part = tags[at..Math.Min(tags.Length, at + (255 * 255))];
            file.AddRange(OggPage((byte)(at == 0 ? 0 : 1), 0, number, part, goesOn: part.Length == 255 * 255));
            at += part.Length == 255 * 255 ? part.Length : part.Length + 1;
        }
        file.AddRange(OggPage(0, 960, number, Shown));
        file.AddRange(OggPage(4, 1920, number + 1, Shown));
        return [.. file, .. Secret];
    }

    public static byte[] OggPage(
        byte flags,
        ulong granule,
        uint number,
        byte[] body,
        bool goesOn = false,
        uint stream = 77
    )
    {
        byte[] lengths =
        [
            .. Enumerable.Repeat((byte)255, body.Length / 255),
            .. goesOn ? (byte[])[] : [(byte)(body.Length % 255)],
        ];
        byte[] page =
        [
            .. "OggS"u8,
            0,
            flags,
            .. Little((uint)granule),
            .. Little((uint)(granule >> 32)),
            .. Little(stream),
            .. Little(number),
            0,
            0,
            0,
            0,
            (byte)lengths.Length,
            .. lengths,
            .. body,
        ];
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), Crc32.OfOgg(0, page));
        return page;
    }

    private static byte[] Mp3() =>
        [
            .. "ID3"u8,
            4,
            0,
            0,
            0,
            0,
            0,
            (byte)(Secret.Length + 20),
            .. Secret,
            .. new byte[20],
            .. Mp3Frame(),
            .. Mp3Frame(),
            .. Mp3Frame(),
            .. Mp3Frame(),
            .. "TAG"u8,
            .. Secret,
            .. new byte[125 - Secret.Length],
        ];

    /// <summary>Version 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes.</summary>
    public static byte[] Mp3Frame() => [0xFF, 0xFB, 0x90, 0x00, .. Shown, .. new byte[413 - Shown.Length]];

    public static byte[] M4a(string brand = "M4A ", string handler = "soun")
    {
        byte[] times = [0, 0, 0, 0, .. "madewhen"u8, .. new byte[88]];
        byte[] samples = Box("stbl", Box("stsd", [.. new byte[7], 1, .. "mp4a"u8]), Box("stco", new byte[8]));
        byte[] media = Box(
            "mdia",
            Box("mdhd", times),
            Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(handler), .. new byte[12], .. Secret, 0]),
            Box("minf", Box("smhd", new byte[8]), Box("dinf", []), samples)
        );
        return
        [
            .. Box("ftyp", Encoding.ASCII.GetBytes(brand), new byte[4], "mp42isom"u8.ToArray()),
            .. Box(
                "moov",
                Box("mvhd", times),
                Box("trak", Box("tkhd", times), media, Box("udta", Secret)),
                Box("udta", Box("meta", Secret), Box("\u00A9xyz", Secret)),
                Box("meta", Secret)
            ),
            .. Box("free", Secret),
            .. Box("uuid", Secret),
            .. Box("mdat", Shown),
        ];
    }

    public static byte[] Box(string type, params byte[][] parts)
    {
        byte[] body = [.. parts.SelectMany(static part => part)];
        return [.. Big((uint)body.Length + 8), .. Encoding.Latin1.GetBytes(type), .. body];
    }

    public static byte[] Segment(byte marker, byte[] body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Big(uint value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little(uint value) =>
        [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
