using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Pets;

[Trait("Spec", "PE-1")]
public sealed class PetContractTests(SharedServer shared)
{
    private const string Path = "/api/pets";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task A_pet_is_made_read_changed_and_deleted()
    {
        var user = await _server.User("pet-bo");

        var made = (await user.Post(Path, """{"name":"Rex <3"}""")).ShouldBe(201);
        Assert.Equal(["id", "userId", "name", "mood", "xp", "createdAt"], made.Members);
        Assert.Equal(("pet-bo", "Rex <3", "happy", "0"), (made["userId"], made["name"], made["mood"], made["xp"]));
        var one = $"{Path}/{made["id"]}";
        var changed = (await PatchAsync(user, one, """{"mood":"sleepy"}""")).ShouldBe(200);
        Assert.Equal(("Rex <3", "sleepy"), (changed["name"], changed["mood"]));
        Assert.Equal("Tom", (await PatchAsync(user, one, """{"name":"Tom"}""")).ShouldBe(200)["name"]);
        Assert.Equal(("Tom", "sleepy"), ((await user.Get(one)).ShouldBe(200)["name"], (await user.Get(one))["mood"]));
        var all = (await user.Get(Path)).ShouldBe(200);
        Assert.Equal(["pets", "total"], all.Members);
        Assert.Equal("1", all["total"]);

        var deleted = (await user.Send(HttpMethod.Delete, one)).ShouldBe(200);

        Assert.Equal((made["id"], "True"), (deleted["id"], deleted["deleted"]));
        (await user.Get(one)).ShouldRefuse(404, "PET_NOT_FOUND");
        (await user.Send(HttpMethod.Delete, one)).ShouldRefuse(404, "PET_NOT_FOUND");
        Assert.Equal("0", (await user.Get(Path))["total"]);
    }

    [Fact]
    public async Task Somebody_elses_pet_is_not_found()
    {
        var owner = await _server.User("pet-owner");
        var other = await _server.User("pet-other");
        var one = $"{Path}/{(await owner.Post(Path, """{"name":"Rex"}""")).ShouldBe(201)["id"]}";

        (await other.Get(one)).ShouldRefuse(404, "PET_NOT_FOUND");
        (await PatchAsync(other, one, """{"name":"Mine"}""")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await other.Send(HttpMethod.Delete, one)).ShouldRefuse(404, "PET_NOT_FOUND");
        Assert.Equal("Rex", (await owner.Get(one)).ShouldBe(200)["name"]);
    }

    [Fact]
    public async Task With_a_key_a_pet_is_there_once()
    {
        var user = await _server.User("pet-keyed");

        var first = (await MakeAsync("""{"name":"Rex"}""")).ShouldBe(201);
        Assert.Equal(first["id"], (await MakeAsync("""{"name":"Rex"}""")).ShouldBe(201)["id"]);
        (await MakeAsync("""{"name":"Tom"}""")).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        Assert.Equal("1", (await user.Get(Path))["total"]);

        Task<Answer> MakeAsync(string body) =>
            user.Send(
                HttpMethod.Post,
                Path,
                body,
                change: static request => request.Headers.Add("Idempotency-Key", "rex-1")
            );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"Rex","mood":"furious"}""")]
    [InlineData("""{"name":"Rex","mood":1}""")]
    [InlineData("""{"name":"two\nlines"}""")]
    public async Task What_is_no_pet_is_refused(string body)
    {
        var user = await _server.User("pet-none");

        (await user.Post(Path, body)).ShouldRefuse(400, "INVALID_PET");
        Assert.Equal("0", (await user.Get(Path))["total"]);
    }

    [Fact]
    public async Task The_51st_pet_is_too_many()
    {
        var user = await _server.User("pet-many");
        for (var number = 1; number <= 50; number++)
        {
            (await user.Post(Path, $$"""{"name":"pet {{number}}"}""")).ShouldBe(201);
        }

        (await user.Post(Path, """{"name":"pet 51"}""")).ShouldRefuse(409, "TOO_MANY_PETS");
    }

    private static Task<Answer> PatchAsync(ApiClient client, string path, string body) =>
        client.Send(HttpMethod.Patch, path, body);
}
