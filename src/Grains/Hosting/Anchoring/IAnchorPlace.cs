using System.Text;
using Actors.Journal.Disks;

namespace Actors.Grains.Hosting.Anchoring;

/// <summary>Where anchors are kept.</summary>
public interface IAnchorPlace
{
    /// <summary>Whether the newest anchor can be read back; else the place only takes them.</summary>
    bool KeepsNewest { get; }

    /// <summary>The newest one; null when there is none, or when the place only takes them.</summary>
    string? Read();

    Task WriteAsync(string anchor, CancellationToken cancellation);
}

/// <summary>A file that always holds the newest anchor.</summary>
internal sealed class AnchorFile(string path) : IAnchorPlace
{
    public bool KeepsNewest => true;

    public string? Read() => File.Exists(path) ? File.ReadAllText(path) : null;

    public Task WriteAsync(string anchor, CancellationToken cancellation)
    {
        var disk = new PhysicalDisk();
        disk.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Replace(disk, path, file => file.Write(Encoding.UTF8.GetBytes(anchor), 0));
        return Task.CompletedTask;
    }
}

/// <summary>An address that anchors are posted to. What it keeps is looked at with <c>journal verify --anchor</c>.</summary>
internal sealed class AnchorAddress(Uri address) : IAnchorPlace
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    public bool KeepsNewest => false;

    public string? Read() => null;

    public async Task WriteAsync(string anchor, CancellationToken cancellation)
    {
        using var content = new StringContent(anchor, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(address, content, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
