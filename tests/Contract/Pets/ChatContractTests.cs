using System.Text.Json;
using Actors.Contract.Tests.Server;
using Actors.TestKit;

namespace Actors.Contract.Tests.Pets;

[Trait("Spec", "CH-1")]
public sealed class ChatContractTests(SharedServer shared)
{
    private const string Path = "/api/chats";

    private readonly ApiServer _server = shared.Server;

    [Fact]
    public async Task What_a_user_says_is_read_at_once_and_what_is_said_to_her_is_not()
    {
        var (user, pet) = await WithPetAsync("chat-bo");
        var text = "<3 \"sit\" & more\nlines 🐶";

        var said = (await SayAsync(user, pet, "user", text)).ShouldBe(201);
        var answered = (await SayAsync(user, pet, "pet", "woof")).ShouldBe(201);
        var noted = (await SayAsync(user, pet, "system", "a badge")).ShouldBe(201);

        Assert.Equal(
            ("chat-bo", pet, "", "user", text, "True"),
            (said["userId"], said["petId"], said["modelId"], said["sender"], said["content"], said["isRead"])
        );
        Assert.Equal(("pet", "False"), (answered["sender"], answered["isRead"]));
        Assert.Equal(("system", "False"), (noted["sender"], noted["isRead"]));
    }

    [Fact]
    public async Task A_page_has_50_messages_unless_asked_newest_first_with_total_and_more()
    {
        var (user, pet) = await WithPetAsync("chat-pages");
        for (var number = 1; number <= 52; number++)
        {
            (await SayAsync(user, pet, "system", $"m{number}")).ShouldBe(201);
        }

        var page = (await user.Get($"{Path}?userId=chat-pages&petId={pet}")).ShouldBe(200);
        Assert.Equal(["messages", "total", "hasMore", "next", "limit", "offset"], page.Members);
        Assert.Equal(("52", "True", "50"), (page["total"], page["hasMore"], page["limit"]));
        Assert.Equal(Enumerable.Range(3, 50).Reverse().Select(static number => $"m{number}"), ContentsOf(page));
        var rest = (await user.Get($"{Path}?petId={pet}&limit=5&offset=50")).ShouldBe(200);
        Assert.Equal(["m2", "m1"], ContentsOf(rest));
        Assert.Equal("False", rest["hasMore"]);
    }

    [Fact]
    public async Task Messages_are_marked_as_read_some_or_all()
    {
        var (user, pet) = await WithPetAsync("chat-read");
        var first = (await SayAsync(user, pet, "pet", "one"))["id"];
        await SayAsync(user, pet, "pet", "two");
        await SayAsync(user, pet, "pet", "three");
        Assert.Equal(["three", "two", "one"], await UnreadAsync());

        // The ids alone say whom they are from.
        var some = await user.Put(Path, $$"""{"messageIds":["{{first}}","{{first}}"]}""");
        Assert.Equal("1", some.ShouldBe(200)["updated"]);
        Assert.Equal(["three", "two"], await UnreadAsync());
        var all = await user.Put(Path, $$"""{"userId":"chat-read","petId":"{{pet}}","markAllAsRead":true}""");
        Assert.Equal("2", all.ShouldBe(200)["updated"]);
        Assert.Empty(await UnreadAsync());
        (await user.Put(Path, $$"""{"petId":"{{pet}}"}""")).ShouldRefuse(400, "INVALID_MESSAGE");

        async Task<IEnumerable<string?>> UnreadAsync() =>
            ContentsOf((await user.Get($"{Path}?petId={pet}&unreadOnly=true")).ShouldBe(200));
    }

    [Fact]
    public async Task One_message_is_deleted_whoever_said_it_or_all_of_them()
    {
        var (user, pet) = await WithPetAsync("chat-delete");
        await SayAsync(user, pet, "system", "one");
        var two = (await SayAsync(user, pet, "pet", "two"))["id"];

        var deleted = await user.Send(HttpMethod.Delete, $"{Path}?messageId={two}");
        Assert.Equal("1", deleted.ShouldBe(200)["deleted"]);
        Assert.Equal([null, "one"], ContentsOf(await user.Get($"{Path}?petId={pet}")));
        (await user.Send(HttpMethod.Delete, $"{Path}?petId={pet}")).ShouldRefuse(400, "INVALID_MESSAGE");
        (await user.Send(HttpMethod.Delete, $"{Path}?petId={pet}&messageId=nothing")).ShouldRefuse(
            404,
            "MESSAGE_NOT_FOUND"
        );

        var all = await user.Send(HttpMethod.Delete, $"{Path}?userId=chat-delete&petId={pet}&deleteAll=true");

        Assert.Equal("2", all.ShouldBe(200)["deleted"]);
        Assert.Equal("0", (await user.Get($"{Path}?petId={pet}"))["total"]);
    }

    [Fact]
    public async Task Only_the_owner_comes_near_what_is_said_to_a_pet()
    {
        var (user, pet) = await WithPetAsync("chat-owner");
        var id = (await SayAsync(user, pet, "system", "secret"))["id"];
        var other = await _server.User("chat-other");

        (await other.Get($"{Path}?userId=chat-owner&petId={pet}")).ShouldRefuse(403, "FORBIDDEN");
        (await other.Get($"{Path}?petId={pet}")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await other.Post(Path, Saying(pet, "user", "hi", "chat-owner"))).ShouldRefuse(403, "FORBIDDEN");
        (await SayAsync(other, pet, "user", "hi")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await other.Put(Path, $$"""{"messageIds":["{{id}}"]}""")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await other.Put(Path, $$"""{"userId":"chat-owner","petId":"{{pet}}","markAllAsRead":true}""")).ShouldRefuse(
            403,
            "FORBIDDEN"
        );
        (await other.Send(HttpMethod.Delete, $"{Path}?messageId={id}")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await other.Send(HttpMethod.Delete, $"{Path}?userId=chat-owner&petId={pet}&deleteAll=true")).ShouldRefuse(
            403,
            "FORBIDDEN"
        );
        Assert.Equal(["secret"], ContentsOf(await user.Get($"{Path}?petId={pet}")));
    }

    [Theory]
    [InlineData("""{"sender":"model","content":"x"}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":1,"content":"x"}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"content":"x"}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user"}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user","content":" "}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user","content":"x","metadata":{"xpGained":1001}}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user","content":"x","metadata":{"xpGained":-1}}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user","content":"x","metadata":{"mood":"very happy"}}""", 400, "INVALID_MESSAGE")]
    [InlineData("""{"sender":"user","content":"x","petId":"nothing"}""", 404, "PET_NOT_FOUND")]
    [InlineData("""{"sender":"user","content":"x","petId":"no pet"}""", 404, "PET_NOT_FOUND")]
    [InlineData("""{"sender":"user","content":"x","userId":"somebody"}""", 403, "FORBIDDEN")]
    public async Task What_is_no_message_is_refused(string body, int status, string code)
    {
        var (user, pet) = await WithPetAsync("chat-bad");
        var named = body.Contains("petId", StringComparison.Ordinal) ? body : $$"""{"petId":"{{pet}}",{{body[1..]}}""";

        (await user.Post(Path, named)).ShouldRefuse(status, code);
    }

    [Fact]
    public async Task Content_has_2000_characters_at_most()
    {
        var (user, pet) = await WithPetAsync("chat-long");

        (await SayAsync(user, pet, "system", new string('x', 2_000))).ShouldBe(201);
        (await SayAsync(user, pet, "system", new string('x', 2_001))).ShouldRefuse(400, "INVALID_MESSAGE");
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task Messages_add_experience_and_their_mood_changes_none()
    {
        var (user, pet) = await WithPetAsync("chat-xp");
        var body = Saying(pet, "system", "fetched", metadata: """{"mood":"sad","xpGained":25}""");

        var saved = (await user.Post(Path, body)).ShouldBe(201);
        (await user.Post(Path, body)).ShouldBe(201);

        Assert.Equal("""{"mood":"sad","xpGained":25}""", saved.Json.GetProperty("metadata").GetRawText());
        var found = await Eventually.GetAsync(
            () => user.Get($"/api/pets/{pet}"),
            static one => one.ShouldBe(200)["xp"] == "50"
        );
        Assert.Equal("happy", found["mood"]);
    }

    [Fact, Trait("Spec", "PE-2")]
    public async Task A_pet_answers_by_itself()
    {
        var (user, pet) = await WithPetAsync("chat-answer");
        var asked = (await SayAsync(user, pet, "user", "hello"))["id"];

        var page = await Eventually.GetAsync(
            () => user.Get($"{Path}?petId={pet}&unreadOnly=true"),
            static one => one.ShouldBe(200)["total"] == "1"
        );

        var reply = page.Json.GetProperty("messages")[0];
        Assert.Equal(
            ("pet", "pet_reply", asked, false),
            (
                reply.GetProperty("sender").GetString(),
                reply.GetProperty("automated").GetString(),
                reply.GetProperty("replyTo").GetString(),
                reply.GetProperty("degraded").GetBoolean()
            )
        );
    }

    [Fact, Trait("Spec", "PE-1")]
    public async Task With_a_pet_goes_what_was_said_with_it()
    {
        var (user, pet) = await WithPetAsync("chat-gone");
        await SayAsync(user, pet, "system", "hello");

        (await user.Send(HttpMethod.Delete, $"/api/pets/{pet}")).ShouldBe(200);

        (await user.Get($"{Path}?petId={pet}")).ShouldRefuse(404, "PET_NOT_FOUND");
        (await SayAsync(user, pet, "user", "hello?")).ShouldRefuse(404, "PET_NOT_FOUND");
    }

    private async Task<(ApiClient User, string Pet)> WithPetAsync(string name)
    {
        var user = await _server.User(name);
        return (user, (await user.Post("/api/pets", """{"name":"Rex"}""")).ShouldBe(201)["id"]!);
    }

    private static Task<Answer> SayAsync(ApiClient user, string pet, string sender, string content) =>
        user.Post(Path, Saying(pet, sender, content));

    private static string Saying(
        string pet,
        string sender,
        string content,
        string? userId = null,
        string? metadata = null
    ) =>
        $$"""{"petId":"{{pet}}","sender":"{{sender}}","content":{{JsonSerializer.Serialize(content)}}"""
        + (userId is null ? "" : $",\"userId\":\"{userId}\"")
        + (metadata is null ? "" : $",\"metadata\":{metadata}")
        + "}";

    private static IEnumerable<string?> ContentsOf(Answer page) =>
        [
            .. page.ShouldBe(200)
                .Json.GetProperty("messages")
                .EnumerateArray()
                .Select(static one => one.GetProperty("content").GetString()),
        ];
}
