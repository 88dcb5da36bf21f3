using Actors.Grains.Hosting.Backups;
using Actors.Grains.Sealing;
using Actors.Grains.Tests.Sealing;

namespace Actors.Grains.Tests.Hosting;

[Trait("Spec", "CL-6"), Trait("Spec", "AC-2")]
public sealed class DataBackupTests : IDisposable
{
    private readonly KeyDirectory _directory = new(3) { Erased = KeyDirectory.ErasedList };
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task A_backup_takes_the_keys_along_and_a_restore_brings_them_back()
    {
        var keys = _directory.Open();
        var sealedText = (await keys.OpenAsync("ana"))!.Seal("x", "y");
        await keys.DestroyAsync("gone");

        await BackUpAsync();
        Assert.Equal(0, await RestoreAsync(erased: null));

        var restored = Restored().Open();
        Assert.Equal(sealedText, (await restored.OpenAsync("ana"))!.Seal("x", "y"));
        Assert.Null(await restored.OpenAsync("gone"));
        Assert.Contains("2 keys are back, also those that were destroyed after the backup", _output.ToString());
        Assert.Equal(0, await DataVerifier.RunAsync(Restored().Options, _directory.Disk, _output, anchor: null));
        Assert.Contains("keys: 2, every one is whole; 1 of them are destroyed", _output.ToString());
    }

    [Fact]
    public async Task A_key_that_was_destroyed_after_the_backup_stays_so_when_the_list_is_given()
    {
        var keys = _directory.Open();
        await keys.OpenAsync("ana");
        await BackUpAsync();
        await keys.DestroyAsync("ana");
        await keys.OpenAsync("later");
        await keys.DestroyAsync("later");

        Assert.Equal(0, await RestoreAsync(KeyDirectory.ErasedList));

        Assert.Null(await Restored().Open().OpenAsync("ana"));
        Assert.Null(await Restored().Open().OpenAsync("later"));
    }

    [Fact]
    public async Task A_backup_whose_keys_were_cut_off_or_changed_is_not_restored()
    {
        await _directory.Open().OpenAsync("ana");
        await BackUpAsync();
        var pack = "/backup/" + KeyPack.FileName;
        using (var file = _directory.Disk.OpenFile(pack, writable: true))
        {
            file.SetLength(file.Length - 1);
        }
        Assert.Equal(1, await RestoreAsync(erased: null));
        Assert.Contains($"DAMAGED {pack}", _output.ToString());
        Assert.DoesNotContain(_directory.Disk.Files, static path => path.StartsWith("/new/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_are_there_are_not_mixed_with_those_of_a_backup()
    {
        await _directory.Open().OpenAsync("ana");
        await BackUpAsync();
        await Restored().Open().OpenAsync("ben");

        Assert.Equal(2, await RestoreAsync(erased: null));
        Assert.Contains("not empty", _output.ToString());
    }

    [Fact]
    public async Task Damaged_keys_and_keys_of_another_journal_are_found_by_verify()
    {
        await _directory.Open().OpenAsync("ana");
        var id = KeyId.Of("ana");
        var file = $"/data/keys/{id.Hex[..2]}/{id.Hex}";
        _directory.Disk.Flip(file, 20, 1);
        Assert.Equal(1, await VerifyAsync());
        Assert.Contains($"DAMAGED {file}", _output.ToString());

        var foreign = new KeyWrap([new byte[32]], static bytes => bytes.Clear()).Make(id);
        using (var stream = _directory.Disk.OpenFile(file, writable: true))
        {
            stream.Write(foreign, 0);
        }
        Assert.Equal(2, await VerifyAsync());
        Assert.Contains("another key than the journal's", _output.ToString());
    }

    [Fact]
    public async Task A_backup_takes_attachments_along_and_a_restore_brings_them_back()
    {
        var key = (await _directory.Open().OpenAsync("ana"))!;
        using (var content = new MemoryStream(new byte[100_000]))
        {
            await _directory.Attachments().WriteAsync("picture", key, content);
        }
        await BackUpAsync();
        Assert.Equal(0, await RestoreAsync(erased: null));
        Assert.Contains("and 1 attachments of", _output.ToString());

        var restored = (await Restored().Open().OpenAsync("ana"))!;
        await using var stream = await Restored().Attachments().OpenAsync("picture", restored);
        Assert.Equal(100_000, stream!.Length);
        Assert.Equal(0, await VerifyAsync());
        Assert.Contains("attachments: 1, 100072 bytes", _output.ToString());
    }

    [Fact]
    public async Task A_file_that_is_no_attachment_any_more_is_found_by_verify()
    {
        var key = (await _directory.Open().OpenAsync("ana"))!;
        using (var content = new MemoryStream(new byte[10]))
        {
            await _directory.Attachments().WriteAsync("picture", key, content);
        }
        var path = _directory.Disk.Files.Single(static path =>
            path.Contains("/attachments/", StringComparison.Ordinal)
        );
        using (var file = _directory.Disk.OpenFile(path, writable: true))
        {
            file.SetLength(50);
        }

        Assert.Equal(1, await VerifyAsync());
        Assert.Contains($"DAMAGED {path}", _output.ToString());
    }

    private Task<int> VerifyAsync() =>
        DataVerifier.RunAsync(_directory.Options, _directory.Disk, _output, anchor: null);

    private async Task BackUpAsync() =>
        Assert.True(
            await DataBackup.CopyAsync(_directory.Options, _directory.Disk, "/backup", TimeProvider.System, _output)
                == 0,
            _output.ToString()
        );

    private Task<int> RestoreAsync(string? erased) =>
        DataBackup.RestoreAsync(_directory.Options, _directory.Disk, "/backup", "/new", erased, _output);

    private KeyDirectory Restored() => _directory.At("/new/journal");
}
