using System.Diagnostics.Metrics;
using Actors.Hosting.Metrics;

namespace Actors.ApiHost.Live;

/// <summary>How many live connections each person has open at this host.</summary>
internal sealed class LiveConnections(LiveOptions options)
{
    private readonly Dictionary<string, int> _open = [];
    private readonly Dictionary<string, int> _byTransport = [];

    public int PerPerson { get; } = options.ConnectionsPerPerson;

    /// <summary>Shows operators how many connections are open, by transport.</summary>
    public void Measure(IMeterFactory meters) =>
        meters
            .Create(AlertGauges.MeterName)
            .CreateObservableUpDownCounter(
                "actors.live.connections",
                CountByTransport,
                "{connection}",
                "Live connections that are open, by transport."
            );

    /// <summary>Takes a place until it is disposed of; null when the person has all of theirs.</summary>
    public IDisposable? TryOpen(string person, string transport)
    {
        lock (_open)
        {
            var open = _open.GetValueOrDefault(person);
            if (open >= PerPerson)
            {
                return null;
            }
            _open[person] = open + 1;
            _byTransport[transport] = _byTransport.GetValueOrDefault(transport) + 1;
        }
        return new Place(this, person, transport);
    }

    private void Close(string person, string transport)
    {
        lock (_open)
        {
            if (_open[person] == 1)
            {
                _open.Remove(person);
            }
            else
            {
                _open[person]--;
            }
            _byTransport[transport]--;
        }
    }

    private Measurement<int>[] CountByTransport()
    {
        lock (_open)
        {
            return
            [
                .. _byTransport.Select(one => new Measurement<int>(
                    one.Value,
                    new KeyValuePair<string, object?>("transport", one.Key)
                )),
            ];
        }
    }

    private sealed class Place(LiveConnections connections, string person, string transport) : IDisposable
    {
        private bool _closed;

        public void Dispose()
        {
            if (!_closed)
            {
                _closed = true;
                connections.Close(person, transport);
            }
        }
    }
}
