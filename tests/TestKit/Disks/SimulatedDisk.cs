using Actors.Journal;
using Actors.Journal.Disks;

namespace Actors.TestKit.Disks;

/// <summary>
/// A disk in memory that knows what is durable. Written sectors survive a power failure only when synced, names of files
/// only when their directory is; until then chance decides, sector by sector and name by name. The same seed and the same
/// operations give the same outcome. Not for concurrent use by several threads, except through a journal's own lock.
/// </summary>
public sealed class SimulatedDisk(int seed) : IDisk
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _directories = [];
    private readonly List<(string Directory, List<(string Name, SimulatedFile? File)> Changes)> _unsyncedNames = [];
    private readonly HashSet<string> _locks = [];
    private Dictionary<string, SimulatedFile> _files = [];
    private readonly Dictionary<string, SimulatedFile> _durableFiles = [];

    /// <summary>Grows with every restart; files opened before one are dead after it.</summary>
    internal int Life { get; private set; }

    public DiskFaults Faults { get; set; } = DiskFaults.None;

    /// <summary>How many operations there were.</summary>
    public long Operations { get; private set; }

    public long Syncs { get; private set; }

    public long BytesRead { get; internal set; }

    /// <summary>True between the operation that stopped the machine and <see cref="LosePower"/>.</summary>
    public bool IsCrashed { get; private set; }

    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>Stops the machine: unsynced writes meet their fate, open files and locks are gone.</summary>
    public void LosePower(UnsyncedFate fate = UnsyncedFate.Chance)
    {
        lock (_gate)
        {
            EndLife();
            foreach (var (_, changes) in _unsyncedNames)
            {
                if (IsKept(fate))
                {
                    Apply(_durableFiles, changes);
                }
            }
            _unsyncedNames.Clear();
            foreach (var file in _durableFiles.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                file.Value.LosePower(_ => IsKept(fate), IsKept(fate));
            }
            _files = new(_durableFiles);
        }
    }

    /// <summary>Kills the process and leaves the machine running: all that was written stays, open files and locks are gone.</summary>
    public void KillProcess()
    {
        lock (_gate)
        {
            EndLife();
        }
    }

    /// <summary>An independent disk with what can be seen now, all of it durable.</summary>
    public SimulatedDisk Copy(int copySeed)
    {
        var copy = new SimulatedDisk(copySeed);
        foreach (var (path, file) in _files)
        {
            var copied = file.Copy();
            copied.Sync(_ => false);
            copy._files[path] = copy._durableFiles[path] = copied;
        }
        copy._directories.UnionWith(_directories);
        return copy;
    }

    /// <summary>Changes bits of a byte, as a decaying disk does.</summary>
    public void Flip(string path, long offset, byte mask) => _files[path].Flip(offset, mask);

    public long LengthOf(string path) => _files[path].Length;

    public byte[] Contents(string path)
    {
        var bytes = new byte[LengthOf(path)];
        _files[path].Read(bytes, 0);
        return bytes;
    }

    public void CreateDirectory(string path) => Do("create directory", () => AddDirectory(path));

    public bool FileExists(string path) => Do("exists", () => _files.ContainsKey(path));

    public IReadOnlyList<string> ListFiles(string directory) =>
        Do("list", () => (IReadOnlyList<string>)[.. ChildrenOf(directory, _files.Keys)]);

    public IReadOnlyList<string> ListDirectories(string directory) =>
        Do("list", () => (IReadOnlyList<string>)[.. ChildrenOf(directory, _directories)]);

    public IDiskFile CreateFile(string path) =>
        Do(
            "create",
            () =>
            {
                Require(!_files.ContainsKey(path), $"{path} exists.");
                Require(
                    Faults.RefusedEnding is not { } ending || !path.EndsWith(ending, StringComparison.Ordinal),
                    "Refused."
                );
                var file = new SimulatedFile();
                Change(path, (path, file));
                return new SimulatedFileHandle(this, file, isWritable: true);
            }
        );

    public IDiskFile OpenFile(string path, bool writable) =>
        Do("open", () => new SimulatedFileHandle(this, Existing(path), writable));

    public void Rename(string from, string to) => Do("rename", () => Change(to, (from, null), (to, Existing(from))));

    public void DeleteFile(string path) =>
        Do(
            "delete",
            () =>
            {
                Existing(path);
                Change(path, (path, null));
            }
        );

    public void SyncDirectory(string path) =>
        Do(
            "sync directory",
            () =>
            {
                Require(!Faults.SyncsFail, "Sync failed.");
                foreach (var (_, changes) in _unsyncedNames.Where(change => change.Directory == path))
                {
                    Apply(_durableFiles, changes);
                }
                _unsyncedNames.RemoveAll(change => change.Directory == path);
            }
        );

    public IDisposable Lock(string path) =>
        Do("lock", () => _locks.Add(path) ? new SimulatedLock(this, path) : throw new JournalLockedException(path));

    internal void Unlock(string path, int life)
    {
        lock (_gate)
        {
            if (life == Life)
            {
                _locks.Remove(path);
            }
        }
    }

    /// <summary>Counts an operation and does it, unless a fault is due.</summary>
    internal T Do<T>(string operation, Func<T> action, Action? interrupted = null, Action? failed = null)
    {
        lock (_gate)
        {
            Operations++;
            if (IsCrashed || Operations == Faults.CrashAt)
            {
                if (!IsCrashed)
                {
                    interrupted?.Invoke();
                }
                IsCrashed = true;
                throw new SimulatedCrashException();
            }
            if (Operations == Faults.FailAt || (Faults.FailsForEver && Faults.FailAt > 0 && Operations > Faults.FailAt))
            {
                (failed ?? interrupted)?.Invoke();
                throw new SimulatedFaultException(operation, Operations);
            }
            return action();
        }
    }

    internal void Do(string operation, Action action, Action? interrupted = null, Action? failed = null) =>
        Do(
            operation,
            () =>
            {
                action();
                return true;
            },
            interrupted,
            failed
        );

    internal void SyncFile(SimulatedFile file)
    {
        if (Faults.SyncsFail)
        {
            file.FailSync();
            throw new IOException("Sync failed.");
        }
        Syncs++;
        file.Sync(_ => Faults.LostSectorChance > 0 && _random.NextDouble() < Faults.LostSectorChance);
    }

    /// <summary>Writes a part of the sectors, as an interrupted write does.</summary>
    internal void WritePartially(SimulatedFile file, byte[] bytes, long offset)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var part = Math.Min(
                bytes.Length - at,
                SimulatedFile.SectorBytes - (int)((offset + at) % SimulatedFile.SectorBytes)
            );
            if (_random.Next(2) == 0)
            {
                file.Write(bytes.AsSpan(at, part), offset + at);
            }
            at += part;
        }
    }

    private static IEnumerable<string> ChildrenOf(string directory, IEnumerable<string> paths) =>
        paths
            .Where(path => Path.GetDirectoryName(path) == directory)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);

    private static void Apply(Dictionary<string, SimulatedFile> files, List<(string Name, SimulatedFile? File)> changes)
    {
        foreach (var (name, file) in changes)
        {
            if (file is null)
            {
                files.Remove(name);
            }
            else
            {
                files[name] = file;
            }
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new IOException(message);
        }
    }

    private SimulatedFile Existing(string path) =>
        _files.TryGetValue(path, out var file) ? file : throw new FileNotFoundException("No such file.", path);

    private void Change(string path, params (string Name, SimulatedFile? File)[] changes)
    {
        _unsyncedNames.Add((Path.GetDirectoryName(path)!, [.. changes]));
        Apply(_files, [.. changes]);
    }

    private void AddDirectory(string? path)
    {
        for (; !string.IsNullOrEmpty(path); path = Path.GetDirectoryName(path))
        {
            _directories.Add(path);
        }
    }

    private void EndLife()
    {
        Life++;
        IsCrashed = false;
        Faults = DiskFaults.None;
        _locks.Clear();
    }

    private bool IsKept(UnsyncedFate fate) =>
        fate switch
        {
            UnsyncedFate.Lost => false,
            UnsyncedFate.Kept => true,
            _ => _random.Next(2) == 0,
        };
}
