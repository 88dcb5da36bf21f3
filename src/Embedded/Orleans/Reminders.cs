using Actors.Embedded;

namespace Orleans
{
    /// <summary>A grain that durable reminders wake.</summary>
    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>
    /// Durable reminders: at least a minute apart, at least once, and not on the dot. A tick that throws waits for the
    /// next period.
    /// </summary>
    public static class GrainReminderExtensions
    {
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this Grain grain,
            string reminderName,
            TimeSpan dueTime,
            TimeSpan period
        ) => ((IGrainBase)grain).RegisterOrUpdateReminder(reminderName, dueTime, period);

        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this IGrainBase grain,
            string reminderName,
            TimeSpan dueTime,
            TimeSpan period
        )
        {
            var activation = Activation.Of(grain);
            if (grain is not IRemindable)
            {
                throw new InvalidOperationException($"{grain.GetType()} must implement {nameof(IRemindable)}.");
            }
            return activation.Engine.Reminders.RegisterAsync(activation.GrainId, reminderName, dueTime, period);
        }

        public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
            ((IGrainBase)grain).UnregisterReminder(reminder);

        public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
            Activation.Of(grain).Engine.Reminders.UnregisterAsync(reminder);

        public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
            ((IGrainBase)grain).GetReminder(reminderName);

        public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
        {
            var activation = Activation.Of(grain);
            return Task.FromResult(activation.Engine.Reminders.Find(activation.GrainId, reminderName));
        }

        public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => ((IGrainBase)grain).GetReminders();

        public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
        {
            var activation = Activation.Of(grain);
            return Task.FromResult(activation.Engine.Reminders.FindAll(activation.GrainId));
        }
    }
}

namespace Orleans.Runtime
{
    public interface IGrainReminder
    {
        string ReminderName { get; }
    }

    /// <summary>Which tick of a reminder this is; times are UTC.</summary>
    [GenerateSerializer]
    [Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        [Id(0)]
        public DateTime FirstTickTime { get; } = firstTickTime;

        [Id(1)]
        public TimeSpan Period { get; } = period;

        [Id(2)]
        public DateTime CurrentTickTime { get; } = timeStamp;

        public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
    }
}
