using Actors.Contract.Tests.Server;
using Actors.Journal.Disks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Actors.Contract.Tests.Operations;

/// <summary>A host whose disk has gone bad, or has no room.</summary>
[Trait("Spec", "OP-1"), Trait("Spec", "SE-3")]
public sealed class StorageConditionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-storage").FullName;

    private string JournalFile => Path.Combine(_directory, "journal", "main", "0000000001.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_damaged_account_is_named_to_its_owner_and_to_operators_and_hurts_nobody_else()
    {
        await using (var server = await ApiServer.Start([$"--Data:Directory={_directory}"]))
        {
            await HurtAsync(server);
        }
        // The start does not read so far back; whoever wakes the account does.
        await using var again = await ApiServer.Start([$"--Data:Directory={_directory}"]);
        (await again.AsNobody().Get("/health")).ShouldBe(200);
        (await again.As("user", "hurt").Get("/api/v1/balance")).ShouldRefuse(503, "STORAGE_DAMAGED");
        (await TryCreditAsync(again, "hurt", "k4")).ShouldRefuse(503, "STORAGE_DAMAGED");
        (await again.As("user", "well").Get("/api/v1/balance")).ShouldBe(200);
        await UnhealthyCheckAsync(again);
    }

    private async Task HurtAsync(ApiServer server)
    {
        await CreditAsync(server, "well", "k1");
        var from = EndOfJournal();
        await CreditAsync(server, "hurt", "k2");
        Flip(from, EndOfJournal());

        var refusal = (await server.As("user", "hurt").Get("/api/v1/statement")).ShouldRefuse(503, "STORAGE_DAMAGED");

        Assert.Equal("3600", refusal.Headers["Retry-After"]);
        (await server.As("user", "well").Get("/api/v1/statement")).ShouldBe(200);
        await CreditAsync(server, "well", "k3");
        var check = await UnhealthyCheckAsync(server);
        Assert.Contains("0000000001.log is damaged at byte", check, StringComparison.Ordinal);
        Assert.DoesNotContain("hurt", check, StringComparison.Ordinal);
        Assert.Contains(
            "\njournal_damage 1\n",
            (await server.AsNobody().Get("/metrics")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task On_a_full_disk_commands_are_refused_reads_are_answered_and_all_goes_on_when_there_is_room()
    {
        var disk = new RoomyDisk();
        await using (var server = await StartAsync(disk))
        {
            await CreditAsync(server, "ana", "k1");
        }
        disk.IsFull = true;
        await using var full = await StartAsync(disk);

        var refusal = (await TryCreditAsync(full, "ana", "k2")).ShouldRefuse(503, "STORAGE_FULL");

        Assert.Equal("10", refusal.Headers["Retry-After"]);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("5", (await full.As("user", "ana").Get("/api/v1/balance")).ShouldBe(200)["available"]);
            (await full.As("user", "ana").Get("/api/v1/statement")).ShouldBe(200);
            (await TryCreditAsync(full, "ana", "k2")).ShouldRefuse(503, "STORAGE_FULL");
        }
        Assert.Contains("no room", await UnhealthyCheckAsync(full), StringComparison.Ordinal);

        disk.IsFull = false;
        for (var i = 0; (await full.AsNobody().Get("/health")).Status != 200; i++)
        {
            Assert.True(i < 100, "The host did not find the room.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        await CreditAsync(full, "ana", "k2");
        Assert.Equal("10", (await full.As("user", "ana").Get("/api/v1/balance")).ShouldBe(200)["available"]);
    }

    private Task<ApiServer> StartAsync(RoomyDisk disk) =>
        ApiServer.Start(
            [$"--Data:Directory={_directory}"],
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<IDisk>(disk))
        );

    private static async Task CreditAsync(ApiServer server, string user, string key) =>
        (await TryCreditAsync(server, user, key)).ShouldBe(200);

    private static Task<Answer> TryCreditAsync(ApiServer server, string user, string key) =>
        server
            .As("admin", "root")
            .Post(
                $"/api/v1/admin/balances/{user}/credit",
                $$"""{"tokens":5,"reason":"Top-up","idempotency_key":"{{key}}"}"""
            );

    private static async Task<string> UnhealthyCheckAsync(ApiServer server)
    {
        var journal = (await server.AsNobody().Get("/health"))
            .ShouldBe(503)
            .Json.GetProperty("checks")
            .GetProperty("journal");
        Assert.Equal("unhealthy", journal.GetProperty("status").GetString());
        return journal.GetProperty("detail").GetString()!;
    }

    private long EndOfJournal()
    {
        using var file = File.Open(JournalFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
    }

    // All of what was written between, for nobody knows where in it the one record is.
    private void Flip(long from, long to)
    {
        using var file = File.Open(JournalFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var offset = from + 200; offset < to; offset += 200)
        {
            file.Position = offset;
            var old = file.ReadByte();
            file.Position = offset;
            file.WriteByte((byte)(old ^ 1));
        }
    }

    /// <summary>The machine's own disk, until it is full: then no file can be made ready for writing.</summary>
    private sealed class RoomyDisk : IDisk
    {
        private readonly PhysicalDisk _disk = new();

        public bool IsFull { get; set; }

        public IDiskFile CreateFile(string path) =>
            IsFull ? throw new IOException("No space left on device.") : _disk.CreateFile(path);

        public void CreateDirectory(string path) => _disk.CreateDirectory(path);

        public bool FileExists(string path) => _disk.FileExists(path);

        public IReadOnlyList<string> ListFiles(string directory) => _disk.ListFiles(directory);

        public IReadOnlyList<string> ListDirectories(string directory) => _disk.ListDirectories(directory);

        public IDiskFile OpenFile(string path, bool writable) =>
            IsFull && path.EndsWith("probe", StringComparison.Ordinal)
                ? throw new IOException("No space left on device.")
                : _disk.OpenFile(path, writable);

        public void Rename(string from, string to) => _disk.Rename(from, to);

        public void DeleteFile(string path) => _disk.DeleteFile(path);

        public void SyncDirectory(string path) => _disk.SyncDirectory(path);

        public IDisposable Lock(string path) => _disk.Lock(path);
    }
}
