using Actors.ApiHost.Auth;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Tests.Auth;

[Trait("Spec", "SE-2")]
public sealed class LocalSigningKeyTests : IDisposable
{
    private const int Rounds = 50;

    private readonly string _directory = Directory.CreateTempSubdirectory("actors-key").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_key_is_made_once_and_only_its_owner_can_read_it()
    {
        var first = LocalSigningKey.ReadOrMake(_directory);
        Assert.Equal(first, LocalSigningKey.ReadOrMake(_directory));
        Assert.Single(Directory.GetFiles(_directory));
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(Path.Combine(_directory, LocalSigningKey.FileName));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Fact]
    public void Hosts_that_start_at_once_agree_on_one_key()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var directory = Path.Combine(_directory, $"{round}");
            var keys = new byte[8][];
            using Barrier start = new(keys.Length);
            var hosts = keys.Select(
                    (_, i) =>
                        new Thread(() =>
                        {
                            start.SignalAndWait();
                            keys[i] = LocalSigningKey.ReadOrMake(directory);
                        })
                )
                .ToArray();
            Array.ForEach(hosts, static host => host.Start());
            Array.ForEach(hosts, static host => host.Join());
            Assert.All(keys, key => Assert.Equal(keys[0], key));
        }
    }

    [Fact]
    public void A_key_file_that_was_altered_stops_the_start_with_its_name()
    {
        var path = Path.Combine(_directory, LocalSigningKey.FileName);
        File.WriteAllBytes(path, new byte[5]);
        var fault = Assert.Throws<SettingException>(() => LocalSigningKey.ReadOrMake(_directory));
        Assert.Equal(path, fault.Name);
    }
}
