using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Moods;
using Actors.GrainInterfaces.Templates;
using Actors.Simulation.Tests.Oracles;

namespace Actors.Simulation.Tests.Clients;

internal sealed class TemplateWorkload : IWorkload
{
    /// <summary>The catalog's stream.</summary>
    public const string Stream = $"templates/{ITemplateCatalogGrain.OnlyKey}";

    private static readonly Actor Author = new(ActorRole.Admin, "admin1");

    public int Weight => 3;

    public Task ActAsync(Seat seat) =>
        seat.Chance.Below(12) switch
        {
            < 3 => CreateAsync(seat),
            < 6 => UpdateAsync(seat, AnyId(seat)),
            6 => RollBackAsync(seat, AnyId(seat)),
            < 9 => ReadAsync(seat, AnyId(seat)),
            9 => ReadVersionsAsync(seat, AnyId(seat), seat.Chance.Between(1, 5), seat.Chance.Below(3)),
            _ => RenderAsync(seat),
        };

    public async Task ReadAllAsync(Seat seat)
    {
        for (var number = 1; number <= 12; number++)
        {
            await ReadAsync(seat, $"t{number}");
            await ReadVersionsAsync(seat, $"t{number}", 100, 0);
        }
    }

    private static Task<Operation> CreateAsync(Seat seat)
    {
        var draft = AnyDraft(seat);
        return seat.AskAsync(
            Stream,
            number => new CreateTemplate(Authorship.Stamp(Author, number), draft with { Content = ContentOf(number) }),
            (grains, command) => CatalogOf(grains).Create(command)
        );
    }

    private static Task<Operation> UpdateAsync(Seat seat, string id)
    {
        var draft = AnyDraft(seat);
        return seat.AskAsync(
            Stream,
            number => new UpdateTemplate(
                Authorship.Stamp(Author, number),
                id,
                draft with
                {
                    Content = ContentOf(number),
                }
            ),
            (grains, command) => CatalogOf(grains).Update(command)
        );
    }

    private static Task<Operation> RollBackAsync(Seat seat, string id)
    {
        var version = seat.Chance.Between(1, 3);
        return seat.AskAsync(
            Stream,
            number => new RollBackTemplate(Authorship.Stamp(Author, number), id, version),
            (grains, command) => CatalogOf(grains).Rollback(command)
        );
    }

    private static Task<Operation> ReadAsync(Seat seat, string id) =>
        seat.AskAsync(Stream, _ => new ReadTemplate(id), (grains, read) => CatalogOf(grains).Get(read.Id).AsTask());

    private static Task<Operation> ReadVersionsAsync(Seat seat, string id, int limit, int offset) =>
        seat.AskAsync(
            Stream,
            _ => new ReadVersions(id, limit, offset),
            (grains, read) => CatalogOf(grains).Versions(read.Id, read.Limit, read.Offset)
        );

    private static Task<Operation> RenderAsync(Seat seat)
    {
        var match = new MatchTemplate((MoodState)seat.Chance.Below(3), (TemplateType)seat.Chance.Below(4));
        var values = new TemplateValues("Ana", "Bea", "5", "USD", "positive", "gold", "Hello", "12:00", "2030-03-01");
        return seat.AskAsync(
            Stream,
            _ => new RenderTemplate(match, values),
            (grains, query) => CatalogOf(grains).Render(query).AsTask()
        );
    }

    /// <summary>Most are never created, some by the end of most runs.</summary>
    private static string AnyId(Seat seat) => $"t{seat.Chance.Between(1, 6)}";

    private static string ContentOf(int number) => $"Text {number}";

    private static TemplateDraft AnyDraft(Seat seat) =>
        new(
            (MoodState)seat.Chance.Below(3),
            (TemplateType)seat.Chance.Below(4),
            null,
            "",
            seat.Chance.Below(1_000),
            !seat.Chance.OneIn(5),
            [],
            []
        );

    private static ITemplateCatalogGrain CatalogOf(IGrainFactory grains) =>
        grains.GetGrain<ITemplateCatalogGrain>(ITemplateCatalogGrain.OnlyKey);
}
