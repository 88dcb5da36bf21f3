using Actors.ApiHost.Auth;
using Actors.ApiHost.Http;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.GrainInterfaces.Pets;

namespace Actors.ApiHost.Pets;

internal static class PetRoutes
{
    public static void MapPets(this IEndpointRouteBuilder routes)
    {
        routes.MapFeature<PetEndpoints>();
        routes.MapFeature<ChatEndpoints>();
    }
}

/// <summary>A user's own pets; those of others are not found.</summary>
internal sealed class PetEndpoints(IGrainFactory grains) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var pets = routes.MapGroup("/api/pets").WithTags("Pets").For(Roles.User).Switchable(Features.Pets);
        pets.Get("", List, PetJson.Default.PetListResponse).WithSummary("The caller's pets, in the order they came");
        pets.Post("", Create, PetJson.Default.CreatePetRequest, PetJson.Default.PetResponse)
            .Creates()
            .WithSummary(
                "A new pet of the caller's; with a header Idempotency-Key it can be sent again and is there once"
            )
            .WithExample("""{ "name": "Rex", "mood": "playful" }""")
            .WhenMistyped("name", PetRefusals.InvalidName)
            .WhenMistyped("mood", PetRefusals.InvalidMood)
            .Refuses(
                PetRefusals.InvalidPetCode,
                PetRefusals.TooManyPetsCode,
                PetRefusals.PetNotFoundCode,
                LedgerRefusals.IdempotencyKeyRequiredCode,
                LedgerRefusals.IdempotencyKeyReusedCode
            );
        pets.Get("/{petId}", Find, PetJson.Default.PetResponse)
            .WithSummary("One of the caller's pets")
            .Refuses(PetRefusals.PetNotFoundCode);
        pets.Patch("/{petId}", Change, PetJson.Default.ChangePetRequest, PetJson.Default.PetResponse)
            .WithSummary("Another name or mood; what is absent stays as it is")
            .WithExample("""{ "mood": "sleepy" }""")
            .WhenMistyped("name", PetRefusals.InvalidName)
            .WhenMistyped("mood", PetRefusals.InvalidMood)
            .Refuses(PetRefusals.InvalidPetCode, PetRefusals.PetNotFoundCode);
        pets.Delete("/{petId}", Delete, PetJson.Default.PetDeletedResponse)
            .WithSummary("The pet goes, and all that was said with it")
            .Refuses(PetRefusals.PetNotFoundCode);
    }

    private async ValueTask<Outcome<PetListResponse>> List(Call call)
    {
        var found = await PetsOf(call).List();
        return new PetListResponse([.. found.Select(PetResponse.From)], found.Count);
    }

    private async ValueTask<Outcome<PetResponse>> Create(Call call, CreatePetRequest body)
    {
        var key = call.OptionalKey();
        if (key.Refusal is { } refusal)
        {
            return refusal;
        }
        var command = new CreatePet(body.Name ?? "", body.Mood ?? PetMood.Happy, key.Value);
        return (await PetsOf(call).Create(command)).Map(made => call.Created(PetResponse.From(made)));
    }

    private async ValueTask<Outcome<PetResponse>> Find(Call call) =>
        await PetsOf(call).Find(PetIdOf(call)) is { } pet ? PetResponse.From(pet) : PetRefusals.PetNotFound;

    private async ValueTask<Outcome<PetResponse>> Change(Call call, ChangePetRequest body) =>
        (await PetsOf(call).Change(new ChangePet(PetIdOf(call), body.Name, body.Mood))).Map(PetResponse.From);

    private async ValueTask<Outcome<PetDeletedResponse>> Delete(Call call) =>
        (await PetsOf(call).Delete(PetIdOf(call))).Map(_ => new PetDeletedResponse(PetIdOf(call), true));

    private IPetsGrain PetsOf(Call call) => grains.GetGrain<IPetsGrain>(call.Caller.Id);

    private static string PetIdOf(Call call) => call.Route("petId") ?? "";
}
