using Actors.ApiHost.Auth;
using Actors.ApiHost.Calls;
using Actors.ApiHost.Errors;
using Actors.ApiHost.Http;
using Actors.ApiHost.Limits;
using Actors.ApiHost.Operations.Switches;
using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Operations;
using Actors.GrainInterfaces.Outcomes;
using Actors.Grains.Hosting;

namespace Actors.ApiHost.Conversations;

/// <summary>Files of conversations. Not typed routes: what comes in and goes out is no JSON, and may be large.</summary>
internal sealed class AttachmentEndpoints(
    IGrainFactory grains,
    ConversationFiles files,
    RequestLimiter limiter,
    CallGuard calls,
    TimeProvider time
) : IEndpoints
{
    private const string One = "/{peerId}/attachments/{attachmentId}";

    private static readonly string[] MediaTypes =
    [
        .. Enum.GetValues<AttachmentType>().Select(static type => type.MediaType()),
    ];

    private readonly UploadPlaces _places = new(files);

    public void Map(IEndpointRouteBuilder routes)
    {
        var attachments = routes
            .MapGroup("/api/v1/conversations")
            .WithTags("Conversations")
            .For(Roles.User | Roles.Model)
            .Switchable(Features.Conversations);
        attachments
            .MapMethods("/{peerId}/attachments", ["POST"], Upload)
            .WithMetadata(
                ((Delegate)Upload).Method,
                new RequestFile(MediaTypes),
                new AnswerBody(ConversationJson.Default.AttachmentResponse)
            )
            .WithSummary("Takes in a picture or a voice message as it is; a message then names its id, within an hour")
            .Creates()
            .Refuses(
                AttachmentRefusals.UnsupportedAttachmentCode,
                AttachmentRefusals.InvalidAttachmentCode,
                AttachmentRefusals.AttachmentTooLargeCode,
                AttachmentRefusals.AttachmentQuotaExceededCode,
                AttachmentRefusals.AttachmentNotFoundCode,
                ConversationRefusals.ConversationBlockedCode,
                ConversationRefusals.ConversationNotFoundCode,
                IdentityRefusals.ModelNotFoundCode,
                HttpRefusals.InvalidRequestCode,
                HttpRefusals.RequestTimeoutCode
            );
        Describe(attachments.MapMethods(One, ["GET"], Download), Download)
            .WithMetadata(new AnswerStream("206", "The range that was asked for.", "application/octet-stream"))
            .WithSummary("The bytes of an attachment, or one range of them")
            .Refuses(HttpRefusals.RangeNotSatisfiableCode);
        Describe(attachments.MapMethods(One, ["HEAD"], Inspect), Inspect)
            .WithSummary("What the bytes of an attachment are, and how many");
    }

    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder route, RequestDelegate handler) =>
        route
            .WithMetadata(
                handler.Method,
                new AnswerStream("200", "The file, to be saved and not shown.", "application/octet-stream")
            )
            .Refuses(
                AttachmentRefusals.AttachmentNotFoundCode,
                ConversationRefusals.ConversationNotFoundCode,
                IdentityRefusals.ModelNotFoundCode
            );

    private async Task Upload(HttpContext http)
    {
        var call = new Call(http);
        FileBody.Expect(http);
        var conversation = call.Conversation();
        var refusal =
            conversation.Refusal
            ?? limiter.Charge(call.Caller, RequestCosts.Upload, http.Response.Headers)
            ?? (_places.TryEnter(call.Caller.Id) ? null : HttpRefusals.Busy);
        if (refusal is not null)
        {
            Problem.Write(http, refusal);
            return;
        }
        try
        {
            var stored = await TakeAsync(call, conversation.Value);
            JsonAnswer.Write(http, stored, ConversationJson.Default.AttachmentResponse);
        }
        finally
        {
            _places.Leave(call.Caller.Id);
        }
    }

    private async Task<Outcome<AttachmentResponse>> TakeAsync(Call call, ConversationId conversation)
    {
        var tooLarge = AttachmentRefusals.AttachmentTooLarge(files.MaxBytes);
        var body = await FileBody.ReadAsync(call.Http, files.MaxBytes, tooLarge, time);
        var refusal = body.Refusal ?? (calls.TryEnter(call.Http) ? null : HttpRefusals.Busy);
        if (refusal is not null)
        {
            return refusal;
        }
        try
        {
            var stored = await files.StoreAsync(conversation, call.Side(), body.Value, call.Http.RequestAborted);
            return stored.Map(file => call.Created(AttachmentResponse.From(file)));
        }
        finally
        {
            calls.Leave();
        }
    }

    private async Task Download(HttpContext http)
    {
        if (await FindAsync(http) is not var (conversation, file))
        {
            return;
        }
        await using var bytes = await files.OpenAsync(conversation, file.Id, http.RequestAborted);
        if (bytes is null)
        {
            Problem.Write(http, AttachmentRefusals.AttachmentNotFound);
            return;
        }
        await AnswerOf(file).WriteAsync(http, bytes);
    }

    private async Task Inspect(HttpContext http)
    {
        if (await FindAsync(http) is var (_, file))
        {
            AnswerOf(file).WriteHead(http);
        }
    }

    /// <summary>Null when it was refused.</summary>
    private async Task<(ConversationId Conversation, AttachedFile File)?> FindAsync(HttpContext http)
    {
        var call = new Call(http);
        var conversation = call.Conversation();
        if (conversation.Refusal is { } refusal)
        {
            Problem.Write(http, refusal);
            return null;
        }
        var found = AttachmentId.TryParse(call.Route("attachmentId"), out var id)
            ? await grains.GetGrain<IConversationGrain>(conversation.Value.ToString()).FindFile(call.Side(), id)
            : null;
        if (found is null)
        {
            Problem.Write(http, AttachmentRefusals.AttachmentNotFound);
            return null;
        }
        return (conversation.Value, found);
    }

    private static FileAnswer AnswerOf(AttachedFile file) =>
        new(file.Type.MediaType(), file.Bytes, $"{file.Id}.{file.Type.Extension()}", file.Id.Value);
}
