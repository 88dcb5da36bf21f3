using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Queues;

namespace Actors.Contract.Tests.Queues;

/// <summary>A queue over HTTP; its entries come straight to the grain, as from a buyer's account.</summary>
public sealed class QueueContractTests(SharedServer shared)
{
    private static readonly PurchaseId Unknown = PurchaseId.Of(9, 9);

    private readonly ApiServer _server = shared.Server;

    private ApiClient Admin => _server.As("admin", "root");

    [Fact, Trait("Spec", "PM-8")]
    public async Task A_queue_in_which_nothing_has_happened_is_empty_and_open()
    {
        var model = await _server.Model("qc-empty");

        foreach (var caller in new[] { model, Admin, _server.As("user", "ana"), _server.As("service", "bot") })
        {
            var queue = (await caller.Get("/queue/qc-empty")).ShouldBe(200);
            Assert.Equal("""{"model_id":"qc-empty","paused":false,"length":0,"entries":[]}""", queue.Text);
        }
    }

    [Fact, Trait("Spec", "ID-3")]
    public async Task The_queue_of_nobody_does_not_exist()
    {
        foreach (var id in new[] { "qc-nobody", "not%20an%20id" })
        {
            foreach (var caller in new[] { Admin, _server.As("user", "ana"), _server.As("model", "qc-other") })
            {
                (await caller.Get($"/queue/{id}")).ShouldRefuse(404, "MODEL_NOT_FOUND");
            }
            (await Admin.Post($"/queue/{id}/pause")).ShouldRefuse(404, "MODEL_NOT_FOUND");
            (await Admin.Post($"/queue/{id}/resume")).ShouldRefuse(404, "MODEL_NOT_FOUND");
        }
    }

    [Fact, Trait("Spec", "ID-1")]
    public async Task A_queue_is_closed_to_other_models_whatever_they_try()
    {
        await _server.Model("qc-closed");
        var id = await EnterAsync("qc-closed", 1, "ana");
        var other = await _server.Model("qc-curious");

        (await other.Get("/queue/qc-closed")).ShouldRefuse(403, "FORBIDDEN");
        foreach (var step in new[] { "pause", "resume", $"{id}/start", $"{id}/complete", $"{id}/reject" })
        {
            (await other.Post($"/queue/qc-closed/{step}", """{"idempotency_key":"k"}""")).ShouldRefuse(
                403,
                "FORBIDDEN"
            );
        }
        var view = await Queue("qc-closed").View(null);
        Assert.Equal((false, EntryStatus.Waiting), (view.Paused, Assert.Single(view.Entries).Status));
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task The_model_and_admins_see_all_entries_and_a_user_only_own_ones()
    {
        var model = await _server.Model("qc-seen");
        var (first, second) = (await EnterAsync("qc-seen", 1, "qc-bo"), await EnterAsync("qc-seen", 2, "qc-ana"));

        var all = (await model.Get("/queue/qc-seen")).ShouldBe(200);
        var own = (await _server.As("user", "qc-ana").Get("/queue/qc-seen")).ShouldBe(200);

        Assert.Equal(all.Text, (await Admin.Get("/queue/qc-seen")).Text);
        var entries = all.Json.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(
            [
                "purchase_id",
                "user_id",
                "item_id",
                "item_name",
                "token_value",
                "status",
                "position",
                "estimated_wait_minutes",
                "estimated_wait_p90_minutes",
                "queued_at",
                "started_at",
                "expires_at",
            ],
            entries[0].EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal(
            [$"{first}", $"{second}"],
            entries.Select(static entry => entry.GetProperty("purchase_id").GetString())
        );
        Assert.Equal("2", own["length"]);
        var mine = Assert.Single(own.Json.GetProperty("entries").EnumerateArray());
        Assert.False(mine.TryGetProperty("user_id", out _));
        Assert.Equal(
            (2, 30, 52, "waiting"),
            (
                mine.GetProperty("position").GetInt32(),
                mine.GetProperty("estimated_wait_minutes").GetInt32(),
                mine.GetProperty("estimated_wait_p90_minutes").GetInt32(),
                mine.GetProperty("status").GetString()
            )
        );
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task An_entry_is_started_and_completed_in_part_and_the_answer_repeats()
    {
        var model = await _server.Model("qc-done");
        var id = await EnterAsync("qc-done", 1, "qc-done-ana", tokens: 10);
        var complete = $"/queue/qc-done/{id}/complete";

        (await model.Post(complete, """{"idempotency_key":"k"}""")).ShouldRefuse(409, "QUEUE_ENTRY_NOT_STARTED");
        var started = (await model.Post($"/queue/qc-done/{id}/start")).ShouldBe(200);
        Assert.Equal(("started", "1"), (started["status"], started["position"]));
        Assert.Equal(started["started_at"], (await Admin.Post($"/queue/qc-done/{id}/start"))["started_at"]);
        (
            await _server.As("user", "qc-done-ana").Post($"/queue/qc-done/{id}/cancel", """{"idempotency_key":"c"}""")
        ).ShouldRefuse(409, "QUEUE_ENTRY_STARTED");

        var part = """{"deliver_percent":25,"idempotency_key":"k"}""";
        var done = (await model.Post(complete, part)).ShouldBe(200);

        Assert.Equal(
            [
                "purchase_id",
                "resolution",
                "deliver_percent",
                "captured_tokens",
                "refunded_tokens",
                "started_at",
                "finished_at",
            ],
            done.Members
        );
        Assert.Equal(
            ("delivered", "25", "2", "8"),
            (done["resolution"], done["deliver_percent"], done["captured_tokens"], done["refunded_tokens"])
        );
        Assert.Equal(done.Text, (await model.Post(complete, part)).ShouldBe(200).Text);
        (await model.Post(complete, """{"idempotency_key":"k"}""")).ShouldRefuse(422, "IDEMPOTENCY_KEY_REUSED");
        (await model.Post(complete, """{"idempotency_key":"k2"}""")).ShouldRefuse(409, "QUEUE_ENTRY_FINISHED");
    }

    [Fact, Trait("Spec", "PM-7")]
    public async Task The_key_may_come_in_the_header_and_then_no_body_is_needed()
    {
        var model = await _server.Model("qc-header");
        var (first, second) = (await EnterAsync("qc-header", 1, "ana"), await EnterAsync("qc-header", 2, "qc-bea"));
        (await model.Post($"/queue/qc-header/{first}/start")).ShouldBe(200);

        (await SendAsync(model, first, "complete", "k", null)).ShouldBe(200);
        (await SendAsync(model, first, "complete", "k", """{"idempotency_key":"k"}""")).ShouldBe(200);
        (await SendAsync(model, first, "complete", "k", """{"idempotency_key":"other"}""")).ShouldRefuse(
            400,
            "IDEMPOTENCY_KEY_REQUIRED"
        );
        var cancelled = await SendAsync(_server.As("user", "qc-bea"), second, "cancel", "k", null);
        Assert.Equal("cancelled", cancelled.ShouldBe(200)["resolution"]);

        static Task<Answer> SendAsync(ApiClient caller, PurchaseId id, string step, string key, string? body) =>
            caller.Send(
                HttpMethod.Post,
                $"/queue/qc-header/{id}/{step}",
                body,
                change: request => request.Headers.Add("Idempotency-Key", key)
            );
    }

    [Theory, Trait("Spec", "PM-7")]
    [InlineData("complete")]
    [InlineData("reject")]
    [InlineData("cancel")]
    public async Task Without_a_key_an_entry_is_not_ended(string step)
    {
        await _server.Model("qc-keyless");
        var caller = step == "cancel" ? _server.As("user", "ana") : Admin;
        var path = $"/queue/qc-keyless/{Unknown}/{step}";

        foreach (
            var body in new[]
            {
                null,
                "{}",
                """{"idempotency_key":null}""",
                """{"idempotency_key":""}""",
                """{"idempotency_key":5}""",
                """{"idempotency_key":"é"}""",
            }
        )
        {
            (await caller.Post(path, body)).ShouldRefuse(400, "IDEMPOTENCY_KEY_REQUIRED");
        }
        (await caller.Post(path, """{"idempotency_key":"k"}""")).ShouldRefuse(404, "QUEUE_ENTRY_NOT_FOUND");
        var mangled = path.Replace($"{Unknown}", "507f1f77", StringComparison.Ordinal);
        (await caller.Post(mangled, """{"idempotency_key":"k"}""")).ShouldRefuse(404, "QUEUE_ENTRY_NOT_FOUND");
    }

    [Theory, Trait("Spec", "PM-6")]
    [InlineData("complete", """{"idempotency_key":"k","deliver_percent":0}""", "INVALID_DELIVER_PERCENT")]
    [InlineData("complete", """{"idempotency_key":"k","deliver_percent":101}""", "INVALID_DELIVER_PERCENT")]
    [InlineData("complete", """{"idempotency_key":"k","deliver_percent":50.5}""", "INVALID_DELIVER_PERCENT")]
    [InlineData("complete", """{"idempotency_key":"k","deliver_percent":"50"}""", "INVALID_DELIVER_PERCENT")]
    [InlineData("reject", """{"idempotency_key":"k","reason":5}""", "INVALID_REASON")]
    public async Task A_bad_value_is_refused_by_its_name(string step, string body, string code) =>
        (await Admin.Post($"/queue/qc-bad/{Unknown}/{step}", body)).ShouldRefuse(400, code);

    [Fact, Trait("Spec", "PM-6")]
    public async Task A_reason_that_is_too_long_is_refused_and_one_that_fits_is_told()
    {
        var model = await _server.Model("qc-reason");
        var id = await EnterAsync("qc-reason", 1, "qc-reason-ana");
        var (fits, longer) = (new string('x', 500), new string('x', 501));

        (
            await model.Post($"/queue/qc-reason/{id}/reject", $$"""{"reason":"{{longer}}","idempotency_key":"k"}""")
        ).ShouldRefuse(400, "INVALID_REASON");
        var rejected = await model.Post(
            $"/queue/qc-reason/{id}/reject",
            $$"""{"reason":"{{fits}}","idempotency_key":"k"}"""
        );
        Assert.Equal(("rejected", "100"), (rejected.ShouldBe(200)["resolution"], rejected["refunded_tokens"]));
    }

    [Fact, Trait("Spec", "PM-6")]
    public async Task A_user_knows_of_no_entry_of_another_user()
    {
        var model = await _server.Model("qc-strangers");
        var id = await EnterAsync("qc-strangers", 1, "qc-owner");
        var path = $"/queue/qc-strangers/{id}/cancel";

        (await _server.As("user", "qc-thief").Post(path, """{"idempotency_key":"k"}""")).ShouldRefuse(
            404,
            "QUEUE_ENTRY_NOT_FOUND"
        );
        (await model.Post(path, """{"idempotency_key":"k"}""")).ShouldRefuse(403, "FORBIDDEN");
        (await _server.As("user", "qc-owner").Post(path, """{"idempotency_key":"k"}""")).ShouldBe(200);
        (await _server.As("user", "qc-thief").Post(path, """{"idempotency_key":"k"}""")).ShouldRefuse(
            404,
            "QUEUE_ENTRY_NOT_FOUND"
        );
    }

    [Fact, Trait("Spec", "PM-8")]
    public async Task Pausing_and_resuming_again_changes_nothing()
    {
        var model = await _server.Model("qc-paused");

        foreach (var caller in new[] { model, Admin })
        {
            Assert.Equal("True", (await caller.Post("/queue/qc-paused/pause")).ShouldBe(200)["paused"]);
            Assert.Equal("True", (await caller.Get("/queue/qc-paused"))["paused"]);
        }
        foreach (var caller in new[] { Admin, model })
        {
            Assert.Equal("False", (await caller.Post("/queue/qc-paused/resume")).ShouldBe(200)["paused"]);
        }
        Assert.Equal(2, (await Queue("qc-paused").View(null)).Version);
        (await _server.As("user", "ana").Post("/queue/qc-paused/pause")).ShouldRefuse(403, "FORBIDDEN");
    }

    private IQueueGrain Queue(string model) => _server.Service<IGrainFactory>().GetGrain<IQueueGrain>(model);

    private async Task<PurchaseId> EnterAsync(string model, long number, string user, long tokens = 100)
    {
        var purchase = new QueuedPurchase(
            PurchaseId.Of(1, number),
            user,
            "507f1f77bcf86cd799439012",
            "A wave",
            Tokens.Of(tokens),
            number,
            TimeProvider.System.GetUtcNow()
        );
        await Queue(model).Enqueue(new Delivery($"buyer/{model}/{number}", 1), purchase);
        return purchase.PurchaseId;
    }
}
