using Actors.Contract.Tests.Server;
using Actors.GrainInterfaces.Durability;
using Actors.GrainInterfaces.Ledger;
using Actors.GrainInterfaces.Payments;
using Actors.Grains.Payments;
using Actors.Grains.Payments.Providers;
using Actors.TestKit;
using Microsoft.AspNetCore.Http;

namespace Actors.Contract.Tests.Payments;

/// <summary>
/// One suite for all that take money, each against a server that speaks the provider's own format: whatever it says, how often
/// and in which order, the money is where it belongs.
/// </summary>
[Trait("Spec", "BO-5")]
public sealed class ProviderContractTests : IAsyncLifetime
{
    private StripeServer _stripe = null!;
    private DaimoServer _daimo = null!;
    private WompiServer _wompi = null!;
    private ApiServer _server = null!;

    public static TheoryData<string> Providers => ["sandbox", "stripe", "daimo", "wompi"];

    public async ValueTask InitializeAsync()
    {
        _stripe = await StripeServer.CreateAsync();
        _daimo = await DaimoServer.CreateAsync();
        _wompi = await WompiServer.CreateAsync();
        _server = await ApiServer.Start([
            "--Payments:Providers=tokens,sandbox,stripe,daimo,wompi",
            "--Payments:PublicAddress=http://127.0.0.1/",
            "--Payments:TimeoutSeconds=1",
            $"--Payments:SandboxSecret={SandboxEvents.Secret}",
            $"--Payments:StripeAddress={_stripe.Address}",
            $"--Payments:StripeKey={StripeServer.Key}",
            $"--Payments:StripeWebhookSecrets=whsec_the_next_one,{StripeServer.Secret}",
            $"--Payments:DaimoAddress={_daimo.Address}",
            $"--Payments:DaimoKey={DaimoServer.Key}",
            $"--Payments:DaimoWebhookSecrets={DaimoServer.Secret}",
            "--Payments:DaimoDestination=0x00000000000000000000000000000000000000a1",
            $"--Payments:WompiAddress={_wompi.Address}",
            $"--Payments:WompiPublicKey={WompiServer.PublicKey}",
            $"--Payments:WompiPrivateKey={WompiServer.PrivateKey}",
            $"--Payments:WompiIntegritySecret={WompiServer.IntegritySecret}",
            $"--Payments:WompiEventsSecrets={WompiServer.EventsSecret}",
            "--Payments:WompiEmail=calls@platform.example",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _stripe.DisposeAsync();
        await _daimo.DisposeAsync();
        await _wompi.DisposeAsync();
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Paid_and_told_a_hundred_times_at_once_is_one_payment(string provider)
    {
        var payment = await StartAsync(provider, "pay-100");
        await PayAsync(provider, "pay-100");
        var post = EventOf(provider, "pay-100", "paid", "e1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(provider, post)));

        Assert.All(answers, static answer => answer.ShouldBe(200));
        await IsAsync("pay-100", PaymentStatus.Paid);
        var file = (await Grain("pay-100").Describe())!;
        Assert.Equal(payment.Amount, Assert.Single(file.Receipts).Money);
        Assert.Empty(file.Refunds);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_wrong_signature_an_old_one_and_none_are_refused(string provider)
    {
        await StartAsync(provider, "forged");
        var (body, signature) = EventOf(provider, "forged", "paid", "e1");
        var old = EventOf(provider, "forged", "paid", "e2", at: DateTimeOffset.UnixEpoch.AddYears(50));

        if (provider != "wompi")
        {
            // Wompi signs values and not bytes.
            (await PostAsync(provider, (body + " ", signature))).ShouldRefuse(
                400,
                PaymentRefusals.InvalidSignatureCode
            );
        }
        (await PostAsync(provider, (body, signature[..^1] + (signature[^1] == '0' ? '1' : '0')))).ShouldRefuse(
            400,
            PaymentRefusals.InvalidSignatureCode
        );
        (await PostAsync(provider, (body, "t=1,v1=00"))).ShouldRefuse(400, PaymentRefusals.InvalidSignatureCode);
        (await PostAsync(provider, old)).ShouldRefuse(400, PaymentRefusals.InvalidSignatureCode);
        Assert.Equal(PaymentStatus.Pending, (await Grain("forged").Get())!.Status);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Money_for_a_payment_that_is_not_ours_is_answered_and_makes_nothing(string provider)
    {
        await StartAsync(provider, "ours");
        var (body, _) = EventOf(provider, "ours", "paid", "e1");
        var other = body.Replace("ours", "none", StringComparison.Ordinal);

        (await PostAsync(provider, Signed(provider, other))).ShouldBe(200);

        Assert.Null(await Grain("none").Get());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Declined_is_told_and_paid_after_that_counts(string provider)
    {
        await StartAsync(provider, "declined");
        Set(provider, "declined", "declined");
        (await PostAsync(provider, EventOf(provider, "declined", "declined", "e1"))).ShouldBe(200);
        await IsAsync("declined", PaymentStatus.Declined);

        await PayAsync(provider, "declined");
        (await PostAsync(provider, EventOf(provider, "declined", "paid", "e2"))).ShouldBe(200);
        await IsAsync("declined", PaymentStatus.Paid);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Late_money_is_paid_and_goes_back_once(string provider)
    {
        await StartAsync(provider, "late");
        await Grain("late").Expire(new Delivery("booking/late", 1));
        await PayAsync(provider, "late");
        await PostAsync(provider, EventOf(provider, "late", "paid", "e1"));
        await IsAsync("late", PaymentStatus.Paid);

        await Task.WhenAll(
            Enumerable
                .Range(2, 5)
                .Select(number =>
                    Grain("late").Settle(new Delivery("booking/late", number), new SettlePayment(100, "Taken."))
                )
        );

        await RefundedAsync(provider, "late");
        Assert.Single((await Grain("late").Describe())!.Refunds);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Another_amount_is_not_paid_and_goes_back(string provider)
    {
        var payment = await StartAsync(provider, "wrong");
        await PayAsync(provider, "wrong", payment.Amount.Amount - 1);

        await PostAsync(provider, EventOf(provider, "wrong", "paid", "e1", payment.Amount.Amount - 1));

        Assert.Equal("WRONG_AMOUNT", (await IsAsync("wrong", PaymentStatus.Declined)).Failure);
        var file = await RefundedAsync(provider, "wrong");
        Assert.Equal(payment.Amount.Amount - 1, Assert.Single(file.Refunds).Money.Amount);
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("daimo")]
    [InlineData("wompi")]
    public async Task A_server_that_is_down_is_asked_again_and_the_session_is_one(string provider)
    {
        ServerOf(provider)!.Trouble = static http =>
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var refused = await Grain("down").Start(Order(provider, "down"));
        Assert.Equal(PaymentRefusals.ProviderUnavailableCode, refused.Refusal?.Code);
        Assert.True(ServerOf(provider)!.Requests.Count >= 2);

        ServerOf(provider)!.Trouble = null;
        ServerOf(provider)!.LosesAnswers = true;
        await Grain("down").Start(Order(provider, "down"));
        ServerOf(provider)!.LosesAnswers = false;
        var started = await Grain("down").Start(Order(provider, "down"));

        Assert.Equal(PaymentStatus.Pending, started.Value?.Status);
        Assert.NotNull(started.Value!.Link);
        Assert.Single(ServerOf(provider)!.Payments);
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("daimo")]
    public async Task A_message_that_comes_before_the_answer_counts(string provider)
    {
        // The session is there, its answer is lost, and the person has paid already.
        ServerOf(provider)!.LosesAnswers = true;
        await Grain("early").Start(Order(provider, "early"));
        ServerOf(provider)!.LosesAnswers = false;
        await PayAsync(provider, "early");

        (await PostAsync(provider, EventOf(provider, "early", "paid", "e1"))).ShouldBe(200);

        await IsAsync("early", PaymentStatus.Paid);
        Assert.Equal(PaymentStatus.Paid, (await Grain("early").Start(Order(provider, "early"))).Value?.Status);
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_looked_up_and_not_made_twice()
    {
        await StartAsync("stripe", "once");
        await PayAsync("stripe", "once");
        await PostAsync("stripe", EventOf("stripe", "once", "paid", "e1"));
        await IsAsync("once", PaymentStatus.Paid);
        var file = (await Grain("once").Describe())!;
        var stripe = _server.Service<PaymentDesk>().Of("stripe");
        var view = file.Payment;
        var wanted = new RefundOrder(
            new PaymentOrder(
                view.PaymentId,
                view.BookingId,
                view.UserId,
                view.PerformerId,
                view.Provider,
                view.Amount,
                view.Amount,
                view.StartedAt
            ),
            null,
            "once-r1",
            file.Receipts[0].Reference,
            new Money("USD", 100),
            IsRepeat: false
        );
        _stripe.LosesAnswers = true;
        Assert.IsType<RefundAnswer.Unknown>(await stripe.RefundAsync(wanted));
        _stripe.LosesAnswers = false;
        _stripe.ForgetKeys();

        Assert.IsType<RefundAnswer.Done>(await stripe.RefundAsync(wanted with { IsRepeat = true }));

        Assert.Equal(1, _stripe.RefundsMade);
    }

    [Fact]
    public async Task A_server_that_is_always_down_is_left_alone_for_a_while()
    {
        _stripe.Trouble = static http =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        for (var number = 0; number < 8; number++)
        {
            await Grain($"break-{number}").Start(Order("stripe", $"break-{number}"));
        }
        var asked = _stripe.Requests.Count;

        var refused = await Grain("break-last").Start(Order("stripe", "break-last"));

        Assert.Equal(PaymentRefusals.ProviderUnavailableCode, refused.Refusal?.Code);
        Assert.Equal(asked, _stripe.Requests.Count);
    }

    [Fact]
    public async Task A_refund_by_hand_is_flagged_until_an_admin_says_how_it_was_sent()
    {
        await StartAsync("daimo", "hand");
        await PayAsync("daimo", "hand");
        await PostAsync("daimo", EventOf("daimo", "hand", "paid", "e1"));
        await IsAsync("hand", PaymentStatus.Paid);
        await Grain("hand").Settle(new Delivery("booking/hand", 1), new SettlePayment(100, "She was not there."));
        var admin = _server.As("admin", "root");
        await Eventually.GetAsync(
            () => admin.Get("/api/v1/admin/payments/flagged"),
            static answer => answer["total"] == "1"
        );

        (await admin.Post("/api/v1/admin/payments/hand/refunds/1", """{"reference":""}""")).ShouldRefuse(
            400,
            PaymentRefusals.InvalidRefundReferenceCode
        );
        var noted = await admin.Post("/api/v1/admin/payments/hand/refunds/1", """{"reference":"0xabc"}""");
        var again = await admin.Post("/api/v1/admin/payments/hand/refunds/1", """{"reference":"0xabc"}""");
        var other = await admin.Post("/api/v1/admin/payments/hand/refunds/1", """{"reference":"0xdef"}""");

        Assert.Equal("done", noted.ShouldBe(200).Json.GetProperty("refunds")[0].GetProperty("state").GetString());
        Assert.Equal(noted.Text, again.Text);
        other.ShouldRefuse(409, PaymentRefusals.RefundNotByHandCode);
        (await admin.Post("/api/v1/admin/payments/hand/refunds/2", """{"reference":"x"}""")).ShouldRefuse(
            404,
            PaymentRefusals.RefundNotFoundCode
        );
        await Eventually.GetAsync(
            () => admin.Get("/api/v1/admin/payments/flagged"),
            static answer => answer["total"] == "0"
        );
        var proof = await Eventually.GetAsync(
            () => admin.Get("/api/v1/admin/ledger/proof"),
            static answer => answer.Json.GetProperty("outside")[0].GetProperty("held").GetInt64() == 0
        );
        Assert.Equal("True", proof["conserved"]);
        Assert.Equal(2_500_000, proof.Json.GetProperty("outside")[0].GetProperty("refunded").GetInt64());
    }

    [Fact]
    public async Task Tokens_are_paid_at_once_and_have_no_webhook()
    {
        await _server.User("ana");
        await _server
            .As("admin", "root")
            .Post("/api/v1/admin/balances/ana/credit", """{"tokens":1000,"reason":"Top-up","idempotency_key":"k1"}""");

        var started = await Grain("tokens").Start(Order("tokens", "tokens"));

        Assert.Equal(PaymentStatus.Paid, started.Value?.Status);
        (await PostAsync("tokens", ("{}", "x"))).ShouldRefuse(404, "NOT_FOUND");
    }

    [Fact]
    public async Task An_unknown_provider_and_a_large_body_are_refused()
    {
        (await PostAsync("paypal", ("{}", "x"))).ShouldRefuse(404, "NOT_FOUND");
        (await PostAsync("stripe", (new string(' ', 65 * 1024), "x"))).ShouldRefuse(413, "BODY_TOO_LARGE");
        (await PostAsync("stripe", ("", "x"))).ShouldRefuse(400, PaymentRefusals.InvalidSignatureCode);
    }

    [Fact]
    public async Task A_developer_pays_on_the_page_of_the_sandbox_and_twice_if_she_likes()
    {
        var payment = await StartAsync("sandbox", "page");
        var link = new Uri(payment.Link!).PathAndQuery;

        using var page = await _server.Http.GetAsync(link);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("250 USD", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        using var guessed = await _server.Http.GetAsync(link[..^1] + (link[^1] == '0' ? '1' : '0'));
        Assert.Equal(404, (int)guessed.StatusCode);

        for (var times = 0; times < 2; times++)
        {
            using var form = new FormUrlEncodedContent([new("action", "pay")]);
            using var paid = await _server.Http.PostAsync(link, form);
            Assert.Equal(303, (int)paid.StatusCode);
        }

        await IsAsync("page", PaymentStatus.Paid);
        var file = await RefundedAsync("sandbox", "page");
        Assert.Equal([ReceiptKind.Due, ReceiptKind.Extra], file.Receipts.Select(static one => one.Kind));
        var seen = (await _server.As("admin", "root").Get("/api/v1/admin/payments/page")).ShouldBe(200);
        Assert.Equal("paid", seen["status"]);
        (await _server.As("admin", "root").Get("/api/v1/admin/payments/none")).ShouldRefuse(
            404,
            PaymentRefusals.PaymentNotFoundCode
        );
    }

    [Fact]
    public async Task A_performer_sees_what_she_has_earned_outside()
    {
        await StartAsync("sandbox", "earned");
        await Sandbox("earned").Pay();
        await IsAsync("earned", PaymentStatus.Paid);
        await Grain("earned").Settle(new Delivery("booking/earned", 1), new SettlePayment(0, "Over."));

        var mia = await _server.Model("mia");
        var earnings = await Eventually.GetAsync(
            () => mia.Get("/api/v1/me/earnings"),
            static answer => answer.Json.GetProperty("lines").GetArrayLength() == 1
        );

        Assert.Equal(250, earnings.Json.GetProperty("earned").GetProperty("USD").GetInt64());
        (await mia.Get("/api/v1/me/earnings?before=0")).ShouldRefuse(400, "INVALID_PAGE");
    }

    private static StartPayment Order(string provider, string id) =>
        new(
            id,
            $"bk-{id}",
            "ana",
            "mia",
            provider,
            Money.OfTokens(Tokens.Of(250)),
            TimeProvider.System.GetUtcNow().AddMinutes(10)
        );

    private IPaymentGrain Grain(string id) => _server.Service<IGrainFactory>().GetGrain<IPaymentGrain>(id);

    private ISandboxPaymentGrain Sandbox(string id) =>
        _server.Service<IGrainFactory>().GetGrain<ISandboxPaymentGrain>(id);

    private async Task<PaymentView> StartAsync(string provider, string id)
    {
        var started = await Grain(id).Start(Order(provider, id));
        Assert.Null(started.Refusal);
        Assert.Equal(PaymentStatus.Pending, started.Value!.Status);
        return started.Value;
    }

    private Task<PaymentView> IsAsync(string id, PaymentStatus status) =>
        Eventually.GetAsync(async () => (await Grain(id).Get())!, view => view.Status == status);

    /// <summary>It has gone back, or where the provider cannot, a person is asked to see to it: once.</summary>
    private Task<PaymentFile> RefundedAsync(string provider, string id) =>
        Eventually.GetAsync(
            async () => (await Grain(id).Describe())!,
            file =>
                file.Refunds is [{ State: var state }]
                && state == (provider is "daimo" or "wompi" ? RefundState.ByHand : RefundState.Done)
        );

    private ProviderServer? ServerOf(string provider) =>
        provider switch
        {
            "stripe" => _stripe,
            "daimo" => _daimo,
            "wompi" => _wompi,
            _ => null,
        };

    private async Task PayAsync(string provider, string id, long? amount = null)
    {
        if (ServerOf(provider) is not { } server)
        {
            Money? other = amount is { } cents ? new Money("USD", cents) : null;
            Assert.Null((await Sandbox(id).Pay(other)).Refusal);
            return;
        }
        server.Payments[id].Amount = amount ?? server.Payments[id].Amount;
        server.Payments[id].Status = "paid";
    }

    private void Set(string provider, string id, string status)
    {
        if (ServerOf(provider) is { } server)
        {
            server.Payments[id].Status = status;
        }
    }

    private (string Body, string Signature) EventOf(
        string provider,
        string id,
        string kind,
        string eventId,
        long? amount = null,
        DateTimeOffset? at = null
    ) =>
        ServerOf(provider)?.EventOf(id, kind, at ?? TimeProvider.System.GetUtcNow(), eventId, amount)
        ?? SandboxEvents.Of(id, kind, at ?? TimeProvider.System.GetUtcNow(), eventId, amount ?? 250);

    private static (string Body, string Signature) Signed(string provider, string body)
    {
        var now = TimeProvider.System.GetUtcNow();
        return provider switch
        {
            "stripe" => (body, StripeServer.Sign(StripeServer.Secret, now, body)),
            "daimo" => (body, StripeServer.Sign(DaimoServer.Secret, now, body)),
            "sandbox" => (body, StripeServer.Sign(SandboxEvents.Secret, now, body)),
            _ => WompiServer.Resign(body),
        };
    }

    private Task<Answer> PostAsync(string provider, (string Body, string Signature) post) =>
        _server
            .AsNobody()
            .Send(
                HttpMethod.Post,
                $"/webhooks/{provider}",
                post.Body,
                change: request =>
                    request.Headers.TryAddWithoutValidation(
                        provider switch
                        {
                            "stripe" => "Stripe-Signature",
                            "daimo" => "Daimo-Signature",
                            "wompi" => "X-Event-Checksum",
                            _ => "Sandbox-Signature",
                        },
                        post.Signature
                    )
            );
}
