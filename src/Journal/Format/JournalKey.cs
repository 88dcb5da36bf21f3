using System.Security.Cryptography;
using System.Text;
using Actors.Journal.Disks;

namespace Actors.Journal.Format;

/// <summary>The master key. It encrypts nothing itself: every file gets a key of its own, derived with the file's random salt.</summary>
internal sealed class JournalKey
{
    public const int Bytes = 32;
    public const int SaltBytes = 32;
    public const int ProofBytes = 32;
    public const string FileName = "journal.key";

    private readonly byte[] _master;
    private readonly byte[] _proof;

    public JournalKey(ReadOnlySpan<byte> master)
    {
        _master = master.ToArray();
        _proof = Derive([], "proof");
    }

    public FileCipher CipherFor(ReadOnlySpan<byte> salt) => new(Derive(salt, "file"));

    /// <summary>Shows that a file header was written by somebody who has this key.</summary>
    public void Prove(ReadOnlySpan<byte> header, Span<byte> proof) => HMACSHA256.HashData(_proof, header, proof);

    /// <summary>The key of the options, else the key file's, which is made when there is no journal yet.</summary>
    public static JournalKey Load(JournalOptions options, IDisk disk, bool mayCreate)
    {
        if (options.Key is { } given)
        {
            return new(given);
        }
        var path = Path.Combine(options.Directory, FileName);
        if (disk.FileExists(path))
        {
            return Read(disk, path);
        }
        if (!mayCreate)
        {
            throw new JournalKeyException($"The journal is encrypted and {path} is missing; put the key back.");
        }
        return Create(options, disk, path);
    }

    private static JournalKey Read(IDisk disk, string path)
    {
        using var file = disk.OpenFile(path, writable: false);
        Span<byte> text = stackalloc byte[256];
        var length = file.Read(text, 0);
        var key = new byte[Bytes];
        if (
            !Convert.TryFromBase64String(Encoding.ASCII.GetString(text[..length]).Trim(), key, out var bytes)
            || bytes != Bytes
        )
        {
            throw new JournalKeyException($"{path} does not hold a key of {Bytes} bytes in base64.");
        }
        return new(key);
    }

    private static JournalKey Create(JournalOptions options, IDisk disk, string path)
    {
        var key = new byte[Bytes];
        options.RandomBytes(key);
        DurableFile.Replace(disk, path, file => file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key)), 0));
        return new(key);
    }

    private byte[] Derive(ReadOnlySpan<byte> salt, string purpose)
    {
        var key = new byte[Bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, salt, Encoding.ASCII.GetBytes("journal " + purpose));
        return key;
    }
}
