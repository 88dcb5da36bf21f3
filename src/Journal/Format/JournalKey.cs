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

    private readonly byte[] _master;
    private readonly byte[] _proof;

    public JournalKey(ReadOnlySpan<byte> master, IEnumerable<byte[]>? older = null)
    {
        _master = master.ToArray();
        _proof = Derive([], "proof");
        All = [this, .. (older ?? []).Select(static key => new JournalKey(key))];
    }

    /// <summary>This one, which writes, and the older ones, which read what they wrote.</summary>
    public IReadOnlyList<JournalKey> All { get; }

    public FileCipher CipherFor(ReadOnlySpan<byte> salt) => new(Derive(salt, "file"));

    /// <summary>Shows that a file header was written by somebody who has this key.</summary>
    public void Prove(ReadOnlySpan<byte> header, Span<byte> proof) => HMACSHA256.HashData(_proof, header, proof);

    /// <summary>The one of all keys that a file header was written with; null for another one.</summary>
    public JournalKey? FindProver(ReadOnlySpan<byte> header, ReadOnlySpan<byte> proof)
    {
        Span<byte> expected = stackalloc byte[ProofBytes];
        foreach (var key in All)
        {
            key.Prove(header, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, proof))
            {
                return key;
            }
        }
        return null;
    }

    /// <summary>What signs anchors when nothing else is set.</summary>
    public byte[] DeriveAnchorKey() => Derive([], "anchor");

    /// <summary>A key for something beside the journal.</summary>
    public byte[] DeriveFor(string purpose) => Derive([], "for " + purpose);

    /// <summary>The keys of the options, else those of the key file, which is made when there is no journal yet.</summary>
    public static JournalKey Load(JournalOptions options, IDisk disk, bool mayCreate)
    {
        if (options.Key is { } given)
        {
            return new(given, options.OlderKeys);
        }
        if (!disk.FileExists(options.KeyFile) && !mayCreate)
        {
            throw new JournalKeyException(
                $"The journal is encrypted and {options.KeyFile} is missing; put the key back."
            );
        }
        var keys = disk.FileExists(options.KeyFile)
            ? KeyFile.Read(disk, options.KeyFile)
            : KeyFile.Create(options, disk);
        return new(keys[0], keys.Skip(1));
    }

    private byte[] Derive(ReadOnlySpan<byte> salt, string purpose)
    {
        var key = new byte[Bytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, salt, Encoding.ASCII.GetBytes("journal " + purpose));
        return key;
    }
}
