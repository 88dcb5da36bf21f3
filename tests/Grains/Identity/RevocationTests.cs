using System.Text.Json;
using Actors.GrainInterfaces.Identity;
using Actors.Grains.Identity;
using Actors.TestKit;

namespace Actors.Grains.Tests.Identity;

[Trait("Spec", "ID-1")]
public sealed class RevocationTests(GrainEngineFixture fixture) : IClassFixture<GrainEngineFixture>
{
    private static readonly Actor Root = new(ActorRole.Admin, "root");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IGrainEngine _engine = fixture.Engine;

    [Fact]
    public async Task What_was_revoked_stays_so_after_a_crash_and_hosts_are_told_only_of_changes()
    {
        var before = (await Grain.Since(-1))!;
        var after = (await Grain.Revoke(Command(RevokedKind.Subject, "ana"))).Value!;
        Assert.True(after.Version > before.Version);
        Assert.Null(await Grain.Since(after.Version));

        await _engine.CrashAsync();

        Assert.Null(await Grain.Since(after.Version));
        Assert.Equal("ana", Assert.Single((await Grain.Since(before.Version))!.Revocations).Value);
    }

    [Fact]
    public void A_token_is_revoked_once_and_a_subject_anew_for_there_may_be_newer_tokens()
    {
        var book = After(RevocationBook.Empty, Command(RevokedKind.Token, "t1"), Now);
        book = After(book, Command(RevokedKind.Subject, "ana"), Now);
        Assert.Null(RevocationRules.Decide(book, Command(RevokedKind.Token, "t1"), Now.AddHours(1)).Value);
        book = After(book, Command(RevokedKind.Subject, "ana"), Now.AddHours(1));
        Assert.Equal(
            [(RevokedKind.Subject, Now.AddHours(1)), (RevokedKind.Token, Now)],
            RevocationRules.View(book, 3).Revocations.Select(one => (one.Kind, one.At))
        );
    }

    [Fact]
    public void An_id_is_revoked_for_each_role_by_itself()
    {
        var user = Command(RevokedKind.Subject, "ana") with { Role = ActorRole.User };
        var book = After(RevocationBook.Empty, user, Now);
        book = After(book, user with { Role = ActorRole.Admin }, Now.AddHours(1));
        book = After(book, user with { Role = null }, Now.AddHours(2));

        Assert.Equal(
            [(null, Now.AddHours(2)), (ActorRole.Admin, Now.AddHours(1)), (ActorRole.User, Now)],
            RevocationRules.View(book, 3).Revocations.Select(one => (one.Role, one.At))
        );
    }

    [Fact]
    public void What_was_revoked_before_there_were_roles_is_revoked_in_every_role()
    {
        const string Json =
            """{"type":"tokens.revoked.v1","kind":"Subject","value":"ana","reason":"Stolen","at":"2026-03-01T12:00:00+00:00","actor":{"role":"Admin","id":"root"}}""";
        var revoked = JsonSerializer.Deserialize(Json, IdentityJson.Default.RevocationEvent)!;

        var one = Assert.Single(
            RevocationRules.View(RevocationRules.Evolve(RevocationBook.Empty, revoked), 1).Revocations
        );
        Assert.Equal((RevokedKind.Subject, "ana", null, Now), (one.Kind, one.Value, one.Role, one.At));
    }

    [Fact]
    public void What_no_token_can_be_left_of_makes_room()
    {
        var book = RevocationBook.Empty;
        for (var i = 0; i < RevocationRules.Most; i++)
        {
            book = After(book, Command(RevokedKind.Token, $"t{i}"), Now);
        }
        var one = Command(RevokedKind.Token, "one more");
        var refused = RevocationRules.Decide(book, one, Now + Revocation.Kept - TimeSpan.FromTicks(1));
        Assert.Equal(IdentityRefusals.TooManyRevocationsCode, refused.Refusal!.Code);
        book = After(book, one, Now + Revocation.Kept);
        Assert.Single(RevocationRules.View(book, 1).Revocations);
    }

    [Theory]
    [InlineData(RevokedKind.Subject, "", "Why")]
    [InlineData(RevokedKind.Subject, "a b", "Why")]
    [InlineData(RevokedKind.Token, "", "Why")]
    [InlineData(RevokedKind.Token, "t1", " ")]
    public void What_names_nobody_or_no_reason_is_refused(RevokedKind kind, string value, string reason) =>
        Assert.Equal(
            IdentityRefusals.InvalidRevocationCode,
            RevocationRules.Decide(RevocationBook.Empty, new(Root, kind, value, reason), Now).Refusal!.Code
        );

    [Fact]
    public void Ids_and_reasons_are_bounded_and_no_token_has_the_role_of_the_system()
    {
        RevokeTokens[] commands =
        [
            new(Root, RevokedKind.Subject, "ana", "Why", ActorRole.System),
            new(Root, RevokedKind.Token, "t1", "Why", ActorRole.User),
            new(Root, RevokedKind.Token, new string('t', 257), "Why"),
            new(Root, RevokedKind.Token, "t1", new string('w', 201)),
        ];
        Assert.All(
            commands,
            command => Assert.NotNull(RevocationRules.Decide(RevocationBook.Empty, command, Now).Refusal)
        );
    }

    private IRevocationsGrain Grain => _engine.Grains.GetGrain<IRevocationsGrain>(IRevocationsGrain.Key);

    private static RevokeTokens Command(RevokedKind kind, string value) => new(Root, kind, value, "Stolen");

    private static RevocationBook After(RevocationBook book, RevokeTokens command, DateTimeOffset now) =>
        RevocationRules.Evolve(book, RevocationRules.Decide(book, command, now).Value!);
}
