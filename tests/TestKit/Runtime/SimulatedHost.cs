using Actors.Grains.Durability;
using Actors.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;

namespace Actors.TestKit.Runtime;

/// <summary>
/// One process of the product, composed as the product composes itself, on a simulated silo. Journal, clock and loggers come
/// from whoever starts it.
/// </summary>
internal sealed class SimulatedHost
{
    private readonly SiloSurroundings _surroundings;
    private readonly ServiceProvider _services;
    private readonly JournalWakeUps? _wakeUps;

    /// <param name="wakesByReminders">As on a cluster; else by the journal's index, as on one machine.</param>
    public SimulatedHost(SiloSurroundings surroundings, IServiceCollection services, bool wakesByReminders)
    {
        _surroundings = surroundings;
        services.AddSingleton(surroundings.Process.Time);
        services.AddDurableGrains();
        if (wakesByReminders)
        {
            services.AddSingleton<IWakeUps, ReminderWakeUps>();
        }
        else
        {
            services.AddSingleton<JournalWakeUps>();
            services.AddSingleton<IWakeUps>(static services => services.GetRequiredService<JournalWakeUps>());
        }
        services.AddSingleton(services => new SimulatedSilo(surroundings, services));
        services.AddSingleton<IGrainRuntime>(static services => services.GetRequiredService<SimulatedSilo>());
        services.AddSingleton(static services => services.GetRequiredService<SimulatedSilo>().GrainFactory);
        services.AddSingleton(static services => services.GetRequiredService<SimulatedSilo>().TimerRegistry);
        services.AddSingleton<IReminderRegistry>(static services => new Reminders(
            services.GetRequiredService<SimulatedSilo>(),
            services.GetRequiredService<SiloSurroundings>().Reminders
        ));
        services.AddSingleton(surroundings);
        _services = services.BuildServiceProvider();
        _wakeUps = wakesByReminders ? null : _services.GetRequiredService<JournalWakeUps>();
        Silo = _services.GetRequiredService<SimulatedSilo>();
    }

    public SimulatedSilo Silo { get; }

    public IGrainFactory Grains => Silo.GrainFactory;

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        Silo.Start();
        _surroundings.Reminders.Ticks = (reminder, grain, status) =>
            _surroundings.Process.Post(() => _ = TickAsync(reminder, grain, status));
        if (_wakeUps is not null)
        {
            await _wakeUps.StartAsync(CancellationToken.None);
            await _wakeUps.StartedAsync(CancellationToken.None);
        }
    }

    /// <summary>What started last stops first.</summary>
    public async Task StopAsync()
    {
        if (_wakeUps is not null)
        {
            await _wakeUps.StopAsync(CancellationToken.None);
        }
        await Silo.StopAsync();
    }

    /// <summary>Lets go of the services; also of a process that has died.</summary>
    public ValueTask CloseAsync() => _services.DisposeAsync();

    private async Task TickAsync(IGrainReminder reminder, GrainId grain, TickStatus status)
    {
        try
        {
            await Grains.GetGrain<IRemindable>(grain).ReceiveReminder(reminder.ReminderName, status);
        }
        catch (Exception exception)
        {
            // As on Orleans: the next tick tries again.
            _surroundings.Remark($"a tick of {grain} failed: {exception.Message}");
        }
    }
}
