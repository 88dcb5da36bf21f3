using System.Security.Cryptography;
using Actors.Grains.Attachments;
using Actors.Grains.Sealing;
using Actors.Journal;
using Actors.Journal.Disks;
using Actors.Journal.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Hosting;

/// <summary>Where keys that can be destroyed are kept: beside the journal, and wrapped with its key.</summary>
public static class SealingHosting
{
    /// <summary>Within the data directory.</summary>
    internal const string DirectoryName = "keys";

    internal const string AttachmentsName = "attachments";

    /// <summary>Files on the registered disk, beside those of the registered journal.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="journal">What the journal was opened with.</param>
    /// <param name="erasedList">A file that lists destroyed keys; null for none.</param>
    public static IServiceCollection AddErasableKeys(
        this IServiceCollection services,
        JournalOptions journal,
        string? erasedList = null
    ) =>
        services.AddSingleton<IErasableKeys>(provider =>
        {
            // The first opening makes the journal's key.
            _ = provider.GetRequiredService<IJournal>();
            var disk = provider.GetRequiredService<IDisk>();
            var erased = erasedList is null ? null : new ErasedList(disk, erasedList);
            var store = new FileKeyStore(disk, DirectoryOf(journal), journal.Drive, erased);
            return new ErasableKeys(store, WrapOf(journal, disk), provider.GetRequiredService<TimeProvider>());
        });

    /// <summary>The same for attachments.</summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services, JournalOptions journal) =>
        services
            .AddSettings<AttachmentOptions>()
            .AddSingleton<ExportFiles>()
            .AddSingleton(provider => new ConversationFiles(
                provider.GetRequiredService<IGrainFactory>(),
                provider.GetRequiredService<IAttachmentStore>(),
                provider.GetRequiredService<IErasableKeys>(),
                provider.GetRequiredService<AttachmentOptions>(),
                provider.GetRequiredService<TimeProvider>(),
                journal.RandomBytes
            ))
            .AddSingleton<IAttachmentStore>(provider =>
            {
                // Nobody else writes here: the journal's lock is held.
                _ = provider.GetRequiredService<IJournal>();
                var store = AttachmentsOf(journal, provider.GetRequiredService<IDisk>());
                store.DeleteLeftovers();
                return store;
            });

    internal static IServiceCollection AddAttachments(this IServiceCollection services, ClusterSettings settings) =>
        services
            .AddSettings<AttachmentOptions>()
            .AddSingleton<ConversationFiles>()
            .AddSingleton<ExportFiles>()
            .AddSingleton<IAttachmentStore>(_ => AttachmentsOf(settings));

    internal static IServiceCollection AddErasableKeys(this IServiceCollection services, ClusterSettings settings) =>
        services.AddSingleton<IErasableKeys>(provider => new ErasableKeys(
            StoreOf(settings),
            WrapOf(settings),
            provider.GetRequiredService<TimeProvider>()
        ));

    internal static string DirectoryOf(JournalOptions journal) =>
        Path.Combine(Path.GetDirectoryName(journal.Directory) ?? "", DirectoryName);

    internal static string AttachmentsDirectoryOf(JournalOptions journal) =>
        Path.Combine(Path.GetDirectoryName(journal.Directory) ?? "", AttachmentsName);

    internal static FileAttachmentStore AttachmentsOf(JournalOptions journal, IDisk disk) =>
        new(disk, AttachmentsDirectoryOf(journal), journal.Drive, journal.RandomBytes);

    internal static BlobAttachmentStore AttachmentsOf(ClusterSettings settings) =>
        new(
            settings.Account.Blobs().GetBlobContainerClient($"{settings.ServiceId}-{AttachmentsName}"),
            RandomNumberGenerator.Fill
        );

    internal static FileKeyStore StoreOf(JournalOptions journal, IDisk disk) =>
        new(disk, DirectoryOf(journal), journal.Drive);

    internal static KeyWrap WrapOf(JournalOptions journal, IDisk disk) =>
        new(JournalKeys.DeriveAll(journal, disk, KeyWrap.Purpose), journal.RandomBytes);

    internal static TableKeyStore StoreOf(ClusterSettings settings) =>
        new(settings.Account.Tables(), settings.ServiceId);

    internal static KeyWrap WrapOf(ClusterSettings settings) =>
        new(
            settings.JournalKey.IsEmpty ? [] : [KeyWrap.DeriveFrom(settings.JournalKey.Span)],
            RandomNumberGenerator.Fill
        );
}
