using System.Globalization;

namespace Actors.Grains.Hosting;

/// <summary>The members of a cluster that nobody can join: kept in this silo's memory alone.</summary>
internal sealed class MembershipOfOne : IMembershipTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, int Changes)> _members = [];
    private int _version;

    private TableVersion Version => new(_version, _version.ToString(CultureInfo.InvariantCulture));

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId)
    {
        lock (_gate)
        {
            _members.Clear();
        }
        return Task.CompletedTask;
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.CompletedTask;

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        lock (_gate)
        {
            return Task.FromResult(
                _members.TryGetValue(key, out var member)
                    ? new MembershipTableData(RowOf(member), Version)
                    : new MembershipTableData(Version)
            );
        }
    }

    public Task<MembershipTableData> ReadAll()
    {
        lock (_gate)
        {
            return Task.FromResult(new MembershipTableData([.. _members.Values.Select(RowOf)], Version));
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        lock (_gate)
        {
            var inserted = tableVersion.Version == _version + 1 && _members.TryAdd(entry.SiloAddress, (entry, 0));
            _version += inserted ? 1 : 0;
            return Task.FromResult(inserted);
        }
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        lock (_gate)
        {
            if (
                tableVersion.Version != _version + 1
                || !_members.TryGetValue(entry.SiloAddress, out var member)
                || TagOf(member.Changes) != etag
            )
            {
                return Task.FromResult(false);
            }
            _members[entry.SiloAddress] = (entry, member.Changes + 1);
            _version++;
            return Task.FromResult(true);
        }
    }

    public Task UpdateIAmAlive(MembershipEntry entry)
    {
        lock (_gate)
        {
            if (_members.TryGetValue(entry.SiloAddress, out var member))
            {
                member.Entry.IAmAliveTime = entry.IAmAliveTime;
            }
        }
        return Task.CompletedTask;
    }

    private static Tuple<MembershipEntry, string> RowOf((MembershipEntry Entry, int Changes) member) =>
        Tuple.Create(member.Entry, TagOf(member.Changes));

    private static string TagOf(int changes) => changes.ToString(CultureInfo.InvariantCulture);
}
