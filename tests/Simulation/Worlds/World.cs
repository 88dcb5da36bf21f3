using Actors.GrainInterfaces.Durability;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Simulation.Tests.Clients;
using Actors.Simulation.Tests.Clients.Money;
using Actors.Simulation.Tests.Oracles;
using Actors.Simulation.Tests.Oracles.Money;
using Actors.Simulation.Tests.Planted;
using Actors.TestKit.Disks;
using Actors.TestKit.Loops;

namespace Actors.Simulation.Tests.Worlds;

/// <summary>
/// One run of one seed: clients use the product while its plan of faults is carried out; then nothing fails any more,
/// everything settles, and what clients were told is judged by what the journal holds.
/// </summary>
internal sealed class World
{
    private const long MostSteps = 1_000_000;
    private const long MostBusySteps = 20_000;
    private const int EnoughViolations = 20;

    // A message is sent after the longest delay, and left alone for a day.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(30);

    private static readonly IWorkload[] MoodWorkloads =
    [
        new MoodWorkload(),
        new IdentityWorkload(),
        new TemplateWorkload(),
        new IndexWorkload(),
        new ConversationWorkload(),
        new MoodMessageWorkload(),
        new PetWorkload(),
        new CalendarWorkload(),
        new LeaverWorkload(),
        new ExportWorkload(),
        new FileWorkload(),
    ];

    private static readonly IWorkload[] MoneyWorkloads =
    [
        new LedgerWorkload(),
        new PurchaseWorkload(),
        new QueueWorkload(),
        new MenuWorkload(),
        new TransactionWorkload(),
        new ActivityWorkload(),
        new BookingWorkload(),
    ];

    private static readonly IOracle[] Oracles =
    [
        new MoodOracle(),
        new ModelOracle(),
        new PersonOracle(),
        new UserOracle(),
        new InboxOracle(),
        new IndexOracle(),
        new TemplateOracle(),
        new ConversationOracle(),
        new MoodMessageOracle(),
        new PetOracle(),
        new CalendarOracle(),
        new ErasureOracle(),
        new ExportOracle(),
        new FileOracle(),
        new MoneyOracle(),
        new ChainOracle(),
        new ActivityOracle(),
        new ReminderOracle(),
        new BookingOracle(),
    ];

    private readonly ulong _seed;
    private readonly IWorkload[] _workloads;
    private readonly Scenario _scenario;
    private readonly Trace _trace;
    private readonly Chance _chance;
    private readonly SimulationLoop _loop;
    private readonly FaultDomain _outside;
    private readonly Observations _observations;
    private readonly Report _report;
    private readonly FaultPlan _faults;
    private readonly Machine _machine;
    private readonly Mishaps _mishaps;
    private readonly Service _service;
    private readonly Surroundings _surroundings;
    private IReadOnlyDictionary<string, StreamContents>? _toldFrom;

    public World(ulong seed, PlantedBug bug, TextWriter? text = null)
    {
        _seed = seed;
        _chance = new Chance(seed);
        _scenario = Scenario.Draw(_chance.Fork());
        _workloads =
        [
            new InboxWorkload(),
            .. _scenario.HasMoods ? MoodWorkloads : [],
            .. _scenario.HasMoney ? MoneyWorkloads : [],
        ];
        _trace = new Trace(text);
        _loop = new SimulationLoop(_chance.Fork(), _trace);
        _loop.Clock.StartAt(_scenario.TimeOfDay);
        _report = new Report(_loop.Clock, _trace);
        _loop.Escaped = (domain, exception) => _report.Violation($"escaped in {domain}: {Report.Brief(exception)}");
        _outside = new FaultDomain(_loop, "outside");
        _observations = new Observations(_loop.Clock, _trace);
        _faults = new FaultPlan(_chance.Fork(), _scenario);
        var disk = new SimulatedDisk(_chance.Below(int.MaxValue));
        var loggers = TraceLoggers.For(_trace, _loop.Clock);
        _surroundings = new Surroundings(_outside, _chance.Fork(), _scenario, disk, _faults, bug, loggers)
        {
            Splits = new Splits(_observations),
            Remark = _report.Remark,
        };
        _machine = new Machine(_outside, _chance.Fork(), name => new SimulatedProcess(_surroundings, name), _report)
        {
            Disk = disk,
        };
        _mishaps = new Mishaps(
            _chance.Fork(),
            _scenario,
            _loop.Clock,
            _outside,
            _machine,
            _faults,
            _surroundings.Splits,
            _report
        );
        _service = new Service(_scenario, _machine, _observations, _faults, _report);
    }

    public SeedResult Run()
    {
        _trace.Remark(_loop.Clock, $"{_scenario}");
        var running = _outside.RunAsync(_machine.KeepRunningAsync);
        var life = _outside.RunAsync(LiveAsync);
        while (!life.IsCompleted && !running.IsFaulted && _report.Violations.Count < EnoughViolations && Step())
        {
            _mishaps.BetweenSteps();
        }
        var failure = running.Exception ?? life.Exception;
        if (failure is not null)
        {
            _report.Violation($"the simulation itself failed: {Report.Brief(failure.GetBaseException())}");
        }
        return new SeedResult(
            _seed,
            _loop.Steps,
            _loop.Clock.Elapsed,
            _trace.Hash,
            _machine.Starts,
            _observations.Operations.Count,
            _observations.Operations.Count(static operation => operation.Answer == Answer.Done),
            _faults.Happened,
            _report.Violations
        );
    }

    private bool Step()
    {
        if (_loop.Steps > MostSteps || _loop.Busy > MostBusySteps)
        {
            _report.Violation($"no end after {_loop.Steps} steps, of which the last {_loop.Busy} without a rest");
            return false;
        }
        if (_loop.Step())
        {
            return true;
        }
        _report.Violation("everybody waits, and nothing will ever happen");
        return false;
    }

    private async Task LiveAsync()
    {
        var setUp = Task.WhenAll([
            .. Enumerable.Range(1, _scenario.Models).Select(static number => $"model{number}").Select(SetUpAsync),
            .. Enumerable.Range(1, _scenario.Users).Select(static number => $"user{number}").Select(TopUpAsync),
        ]);
        if (_scenario.Subject == Subject.Money)
        {
            // Without menus there is nothing to buy.
            await setUp;
        }
        var app = SubscribeAsync(setUp);
        if (_scenario.App == AppComes.First)
        {
            await app;
        }
        var clients = Enumerable.Range(0, _scenario.Clients).Select(_ => new Client(NewSeat(), _workloads).RunAsync());
        await Task.WhenAll([setUp, app, .. clients]);
        _mishaps.Stop();
        await SayLastAsync();
        var settling = new Settling(_scenario, _loop.Clock, _outside.Time, _machine, _report);
        await settling.WaitAsync(LastDue());
        var before = await ReadJournalAsync(_machine.Process!);
        await StartAgainAsync();
        await ReadEverythingAsync();
        await settling.WaitAsync(LastDue());
        await _machine.RetireAsync();
        await JudgeAsync(before);
    }

    /// <summary>When nothing fails any more, what is sent must arrive in its time.</summary>
    private async Task SayLastAsync()
    {
        if (_scenario.HasMoods)
        {
            // Until whatever was split then is one again.
            await Task.Delay(Mishaps.LongestSplit + TimeSpan.FromMinutes(5), _outside.Time);
            await _machine.WhenUpAsync();
            await MoodMessageWorkload.SendLastAsync(NewSeat());
        }
    }

    /// <summary>From when this is done on, an app must be told of everything.</summary>
    private async Task SubscribeAsync(Task setUp)
    {
        if (_scenario.App == AppComes.Never || !_scenario.HasMoney)
        {
            return;
        }
        await setUp;
        await Client.SubscribeAsync(NewSeat());
        while (!await ReadAsync(FeedsKnowAsync))
        {
            await Task.Delay(TimeSpan.FromMinutes(1), _outside.Time);
        }
        // Until whatever was split then is one again, and what was decided then is written.
        await Task.Delay(Mishaps.LongestSplit + TimeSpan.FromMinutes(5), _outside.Time);
        _toldFrom = await ReadAsync(ReadJournalAsync);
    }

    private static async Task<bool> FeedsKnowAsync(SimulatedProcess process)
    {
        var known = 0;
        await process.Domain.RunAsync(async () =>
        {
            foreach (var shard in Shards.Keys)
            {
                var head = await process.Journal.ReadHeadAsync(StreamId.Parse($"webhook-feed/{shard}"));
                known += head.Version > 0 ? 1 : 0;
            }
        });
        return known == Shards.Count;
    }

    /// <summary>From whichever process lives long enough.</summary>
    private async Task<T> ReadAsync<T>(Func<SimulatedProcess, Task<T>> read)
    {
        while (true)
        {
            await _machine.WhenUpAsync();
            try
            {
                // Gone again when it was stopped in the same moment.
                if (_machine.Process is { } process)
                {
                    return await read(process);
                }
            }
            catch (Exception exception) when (exception is DomainDiedException or IOException)
            {
                // The next one is asked.
            }
            await Task.Delay(TimeSpan.FromSeconds(1), _outside.Time);
        }
    }

    private Task SetUpAsync(string model) => Client.SetUpAsync(NewSeat(), model);

    private Task TopUpAsync(string user) =>
        _scenario.HasMoney ? LedgerWorkload.CreditAsync(NewSeat(), user) : Task.CompletedTask;

    private Seat NewSeat() => new(_chance.Fork(), _outside.Time, _scenario, _observations, _service);

    /// <summary>What has settled must be there after a start, however the last process ended.</summary>
    private async Task StartAgainAsync()
    {
        if (_chance.OneIn(2))
        {
            _machine.Crash(UnsyncedFate.Lost);
        }
        else
        {
            await _machine.RestartAsync();
        }
        await _machine.WhenUpAsync();
    }

    private async Task ReadEverythingAsync()
    {
        var seat = NewSeat();
        var asked = _observations.Operations.Count;
        foreach (var workload in _workloads)
        {
            await workload.ReadAllAsync(seat);
        }
        foreach (var operation in _observations.Operations.Skip(asked))
        {
            if (operation.Answer == Answer.Unknown)
            {
                _report.Violation($"{operation} failed although nothing fails any more");
            }
        }
    }

    private async Task JudgeAsync(IReadOnlyDictionary<string, StreamContents> before)
    {
        var reader = new SimulatedProcess(_surroundings, "reader");
        await reader.Domain.RunAsync(() => reader.VerifyJournalAsync(_report));
        await reader.Domain.RunAsync(() =>
        {
            reader.OpenJournal();
            return Task.CompletedTask;
        });
        var after = await ReadJournalAsync(reader);
        IReadOnlyList<SealingKey> keys = [];
        await reader.Domain.RunAsync(() =>
        {
            keys = reader.ReadKeys();
            return Task.CompletedTask;
        });
        await reader.Domain.RunAsync(() => reader.Journal.DisposeAsync().AsTask());
        foreach (var (stream, contents) in before)
        {
            if (!after[stream].Continues(contents))
            {
                _report.Violation($"{stream} is not the same after the journal was opened again");
            }
        }
        foreach (var operation in _observations.Operations.Where(_surroundings.Splits.Overlap))
        {
            operation.MayBeOld = true;
        }
        var evidence = new Evidence(
            _observations.Operations,
            new OpenedStreams(keys).Of(after),
            _surroundings.DeviceCommands,
            _surroundings.Reminders.Names,
            _observations.Now()
        )
        {
            Told = _surroundings.Told,
            ToldFrom = _toldFrom,
            StoredFiles = _machine
                .Disk.ListDirectories(SimulatedProcess.FilesDirectory)
                .Sum(shard => _machine.Disk.ListFiles($"{SimulatedProcess.FilesDirectory}/{shard}").Count),
        };
        foreach (var violation in Oracles.SelectMany(oracle => oracle.Check(evidence)))
        {
            _report.Violation(violation);
        }
    }

    private async Task<IReadOnlyDictionary<string, StreamContents>> ReadJournalAsync(SimulatedProcess process)
    {
        var streams = new SortedDictionary<string, StreamContents>(StringComparer.Ordinal);
        var models = Enumerable.Range(1, _scenario.Models).Select(static number => $"model{number}");
        var users = Enumerable.Range(1, _scenario.Users).Select(static number => $"user{number}");
        var names = _observations
            .Operations.Select(static operation => operation.Stream)
            .Concat(models.SelectMany(static model => StreamsAbout(model)))
            .Concat(
                users.SelectMany(static user => (string[])[$"inbox/{user}", $"activity/{user}", Counter.Balance(user)])
            )
            .Concat(
                from model in models
                from user in users
                select ConversationWorkload.StreamOf(ConversationWorkload.Id(model, user))
            )
            .Concat(models.Concat(users).Concat(Leavers.All).Select(static person => $"conversation-list/{person}"))
            .Concat(models.Concat(users).Concat(Leavers.All).Select(FileWorkload.StreamOf))
            .Concat(models.Concat(users).Select(static person => $"mood-message-box/{person}"))
            .Concat(Shards.Keys.Select(static shard => $"mood-message-counts/{shard}"))
            .Concat(users.Select(PetWorkload.StreamOf))
            .Concat(BookingWorkload.StreamsOf(_observations.Operations))
            .Concat(
                PetWorkload
                    .Known(_observations.Operations)
                    .Select(static pet =>
                        ConversationWorkload.StreamOf(PetWorkload.ConversationWith(pet.Id, pet.UserId))
                    )
            )
            .Concat(
                from model in models
                from user in users
                select $"escalation/{ConversationWorkload.Id(model, user)}"
            );
        await process.Domain.RunAsync(async () =>
        {
            foreach (var name in names.Distinct())
            {
                streams[name] = await StreamContents.ReadAsync(process.Journal, name, _report);
            }
            foreach (var name in EscalationMessages.StreamsOf(streams).Except(streams.Keys).ToList())
            {
                streams[name] = await StreamContents.ReadAsync(process.Journal, name, _report);
            }
        });
        return streams;
    }

    /// <summary>What outboxes write about a model, also if nobody ever asked.</summary>
    private static string[] StreamsAbout(string model) =>
        [
            $"inbox/{model}",
            $"mood-feed/{Shards.Of(model)}",
            $"model-directory/{Shards.Of(model)}",
            Counter.Wallet(model),
            $"device/{model}",
            $"model-feed/{model}",
            Counter.Queue(model),
        ];

    /// <summary>By then every mood is over, every entry of a queue has timed out and no message waits for an answer any more.</summary>
    private DateTimeOffset LastDue() => _loop.Clock.Now + LongestWait + _loop.Clock.SetBack;
}
