using System.Text.Json;
using Actors.Contract.Tests.Server;

namespace Actors.Contract.Tests.Identity;

public sealed class IdentityContractTests(SharedServer shared)
{
    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact]
    [Trait("Spec", "ID-2")]
    public async Task A_user_that_nobody_described_has_the_default_profile()
    {
        await _server.User("fresh");
        var answer = (await Admin.Get("/api/v1/admin/users/fresh")).ShouldBe(200);
        Assert.Equal("fresh", answer["userId"]);
        Assert.Equal("en", answer["language"]);
        Assert.Equal("free", answer["loyaltyTier"]);
        Assert.Equal("free", answer["membership"]);
        Assert.Equal("False", answer["prime"]);
    }

    [Fact]
    [Trait("Spec", "ID-2")]
    public async Task What_an_admin_sets_is_there_for_services_and_for_the_person_and_the_rest_stays()
    {
        const string path = "/api/v1/admin/users/described";
        const string profile = """
            {"displayName":"Bo","language":"es","timeZone":"America/Bogota","loyaltyTier":"gold","membership":"vip",
             "prime":true,"ageVerified":true,"termsAccepted":true,"restricted":true}
            """;
        var set = (await Admin.Put(path, profile)).ShouldBe(200);
        Assert.Equal("gold", set["loyaltyTier"]);
        (await Admin.Put(path, """{"restricted":false}""")).ShouldBe(200);
        var read = (await _server.As("service").Get(path)).ShouldBe(200);
        Assert.Equal("Bo", read["displayName"]);
        Assert.Equal("es", read["language"]);
        Assert.Equal("America/Bogota", read["timeZone"]);
        Assert.Equal("vip", read["membership"]);
        Assert.Equal("False", read["restricted"]);
        var me = (await _server.As("user", "described").Get("/api/v1/me")).ShouldBe(200);
        Assert.Equal("user", me["role"]);
        Assert.Equal("Bo", me.Json.GetProperty("user").GetProperty("displayName").GetString());
    }

    [Theory]
    [Trait("Spec", "ID-2")]
    [InlineData("""{"displayName":""}""")]
    [InlineData("""{"displayName":7}""")]
    [InlineData("""{"displayName":"\u0000Bo"}""")]
    [InlineData("""{"displayName":"\u202EoB"}""")]
    [InlineData("""{"displayName":"B\no"}""")]
    [InlineData("""{"displayName":"\u200B"}""")]
    [InlineData("""{"displayName":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    [InlineData("""{"language":"xx"}""")]
    [InlineData("""{"language":["en"]}""")]
    [InlineData("""{"timeZone":"Nowhere/Land"}""")]
    [InlineData("""{"loyaltyTier":"diamond"}""")]
    [InlineData("""{"loyaltyTier":1}""")]
    [InlineData("""{"membership":"VIP"}""")]
    [InlineData("""{"prime":"yes"}""")]
    [InlineData("""{"restricted":1}""")]
    public async Task A_profile_with_a_wrong_member_is_refused(string body) =>
        (await Admin.Put("/api/v1/admin/users/wrong", body)).ShouldRefuse(400, "INVALID_PROFILE");

    [Theory]
    [Trait("Spec", "ID-2")]
    [InlineData("Bo <3 & \"Al\"")]
    [InlineData(
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"
    )]
    public async Task A_name_is_kept_as_it_was_typed(string name)
    {
        var profile = JsonSerializer.Serialize(new { displayName = name });
        (await Admin.Put("/api/v1/admin/users/typed", profile)).ShouldBe(200);
        Assert.Equal(name, (await Admin.Get("/api/v1/admin/users/typed"))["displayName"]);
    }

    [Theory]
    [Trait("Spec", "ID-1")]
    [InlineData("a.b")]
    [InlineData("a%20b")]
    [InlineData("%C3%A9")]
    [InlineData("a%2Fb")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_id_that_cannot_exist_does_not_exist(string id)
    {
        (await Admin.Get("/api/v1/admin/users/" + id)).ShouldRefuse(404, "USER_NOT_FOUND");
        (await Admin.Put("/api/v1/admin/users/" + id, "{}")).ShouldRefuse(404, "USER_NOT_FOUND");
        (await Admin.Get("/api/v1/admin/models/" + id)).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await Admin.Put("/api/v1/admin/models/" + id, """{"displayName":"A"}""")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        (await Admin.Get("/api/v1/mood/" + id)).ShouldRefuse(404, "MODEL_NOT_FOUND");
    }

    [Fact]
    [Trait("Spec", "ID-3")]
    public async Task A_model_exists_once_an_admin_registered_her()
    {
        (await Admin.Get("/api/v1/admin/models/lena")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        var lena = _server.As("model", "lena");
        (await lena.Post("/api/v1/me/mood-terms")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null,
            (await lena.Get("/api/v1/me")).ShouldBe(200).Json.GetProperty("model").ValueKind
        );
        (await Admin.Put("/api/v1/admin/models/lena", """{"displayName":"Lena"}""")).ShouldBe(200);
        var accepted = (await lena.Post("/api/v1/me/mood-terms")).ShouldBe(200);
        Assert.Equal("True", accepted["moodTermsAccepted"]);
        Assert.EndsWith("Z", accepted["moodTermsAcceptedAt"], StringComparison.Ordinal);
        var read = (await _server.As("service").Get("/api/v1/admin/models/lena")).ShouldBe(200);
        Assert.Equal("Lena", read["displayName"]);
        (await Admin.Put("/api/v1/admin/models/lena", """{"displayName":"Lena B"}""")).ShouldBe(200);
        var me = (await lena.Get("/api/v1/me")).Json.GetProperty("model");
        Assert.Equal("Lena B", me.GetProperty("displayName").GetString());
        Assert.True(me.GetProperty("moodTermsAccepted").GetBoolean());
    }

    [Theory]
    [Trait("Spec", "ID-3")]
    [InlineData("{}")]
    [InlineData("""{"displayName":null}""")]
    [InlineData("""{"displayName":"  "}""")]
    [InlineData("""{"displayName":{}}""")]
    public async Task A_model_without_a_display_name_is_refused(string body) =>
        (await Admin.Put("/api/v1/admin/models/nameless", body)).ShouldRefuse(400, "INVALID_PROFILE");
}
