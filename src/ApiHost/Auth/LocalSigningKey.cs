using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Auth;

/// <summary>The key of a host that was given none: made once in the data directory, readable by its owner only.</summary>
internal static partial class LocalSigningKey
{
    public const string FileName = "auth.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static byte[] ReadOrMake(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
        {
            Make(dataDirectory, path);
        }
        var key = File.ReadAllBytes(path);
        return key.Length == AuthOptions.MinimumSecretBytes
            ? key
            : throw new SettingException(
                path,
                $"holds exactly {AuthOptions.MinimumSecretBytes} bytes; it was altered."
            );
    }

    private static void Make(string dataDirectory, string path)
    {
        Directory.CreateDirectory(dataDirectory);
        var draft = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(AuthOptions.MinimumSecretBytes));
            file.Flush(flushToDisk: true);
        }
        // Host and console may both be first: the whole file appears at once, and only one of them wins. File.Move looks first and
        // renames then, except on Windows, so that the later of two would replace what the earlier has read; but not every
        // file system has links.
        if (OperatingSystem.IsWindows() || Link(draft, path) != 0)
        {
            MoveUnlessThere(draft, path);
        }
        File.Delete(draft);
    }

    private static void MoveUnlessThere(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
        }
        catch (IOException) when (File.Exists(to)) { }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string made);
}
