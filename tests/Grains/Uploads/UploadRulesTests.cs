using Actors.GrainInterfaces.Attachments;
using Actors.GrainInterfaces.Conversations;
using Actors.GrainInterfaces.Identity;
using Actors.GrainInterfaces.Uploads;
using Actors.Grains.Uploads;

namespace Actors.Grains.Tests.Uploads;

[Trait("Spec", "CH-4")]
public sealed class UploadRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConversationId WithAna = ConversationId.WithModel(ModelId.Parse("ana"), UserId.Parse("bo"));
    private static readonly ConversationId WithIda = ConversationId.WithModel(ModelId.Parse("ida"), UserId.Parse("bo"));

    [Fact]
    public void The_last_byte_and_the_last_file_have_room_and_one_more_has_not()
    {
        var uploads = Reserve(PersonsUploads.None, 1, bytes: 60);

        Assert.Null(Try(uploads, 2, bytes: 40).Refusal);
        Assert.Equal(AttachmentRefusals.AttachmentQuotaExceededCode, Try(uploads, 2, bytes: 41).Refusal?.Code);
        Assert.Equal(
            AttachmentRefusals.AttachmentQuotaExceededCode,
            Try(Reserve(uploads, 2, bytes: 1), 3, bytes: 1).Refusal?.Code
        );
    }

    [Fact]
    public void Room_is_given_back_when_the_file_is_deleted_and_not_before()
    {
        var uploads = Reserve(PersonsUploads.None, 1, bytes: 60);
        uploads = UploadFold.Evolve(uploads, UploadRules.DecideDropped(uploads, [Id(1)], Now)!);
        Assert.Equal(60, uploads.Bytes);

        uploads = UploadFold.Evolve(uploads, new UploadsDeleted(Now, [Id(1)]));

        Assert.Equal((0L, 0, null), (uploads.Bytes, uploads.Files.Count, uploads.NextDue));
    }

    [Fact]
    public void Only_what_is_stored_and_of_the_conversation_is_claimed_and_all_of_it_or_nothing()
    {
        var uploads = Stored(Stored(PersonsUploads.None, 1), 2);
        uploads = UploadFold.Evolve(uploads, new UploadReserved(Now, WithAna, File(3, 1)));

        Assert.NotNull(UploadRules.Decide(uploads, new ClaimUploads(WithAna, [Id(1), Id(2)]), Now).Value);
        foreach (
            var command in (ClaimUploads[])
                [new(WithAna, [Id(1), Id(3)]), new(WithAna, [Id(1), Id(9)]), new(WithIda, [Id(1)])]
        )
        {
            Assert.Equal(
                AttachmentRefusals.AttachmentNotFoundCode,
                UploadRules.Decide(uploads, command, Now).Refusal?.Code
            );
        }
    }

    [Fact]
    public void What_a_message_has_is_not_claimed_again_and_what_is_being_decided_is()
    {
        var uploads = Stored(PersonsUploads.None, 1);
        var command = new ClaimUploads(WithAna, [Id(1)]);
        uploads = UploadFold.Evolve(uploads, UploadRules.Decide(uploads, command, Now).Value!);
        Assert.Null(UploadRules.Decide(uploads, command, Now).Refusal);

        uploads = UploadFold.Evolve(uploads, UploadRules.DecideKept(uploads, [Id(1)], Now)!);

        Assert.NotNull(UploadRules.Decide(uploads, command, Now).Refusal);
        Assert.Null(uploads.NextDue);
    }

    [Fact]
    public void A_message_that_was_gone_before_it_was_heard_of_keeps_nothing()
    {
        var uploads = Stored(PersonsUploads.None, 1);
        uploads = UploadFold.Evolve(uploads, UploadRules.DecideDropped(uploads, [Id(1)], Now)!);

        Assert.Null(UploadRules.DecideKept(uploads, [Id(1)], Now));
        Assert.Null(UploadRules.DecideDropped(uploads, [Id(1)], Now));
    }

    [Fact]
    public void What_nobody_sends_is_dropped_after_an_hour_and_what_was_claimed_is_asked_for_later()
    {
        var uploads = Stored(Reserve(PersonsUploads.None, 1, bytes: 1), 2);
        uploads = Stored(uploads, 3);
        uploads = UploadFold.Evolve(
            uploads,
            UploadRules.Decide(uploads, new ClaimUploads(WithAna, [Id(3)]), Now).Value!
        );

        Assert.Null(UploadRules.DecideUnsent(uploads, Now.AddMinutes(59)));
        Assert.Equal([Id(1), Id(2)], UploadRules.DecideUnsent(uploads, Now.AddHours(1))!.Ids);
        var asked = UploadRules.Due(uploads, Now.AddMinutes(70), static stage => stage == UploadStage.Claimed);
        Assert.Equal([Id(3)], asked);
        Assert.Empty(UploadRules.Due(uploads, Now.AddMinutes(69), static stage => stage == UploadStage.Claimed));
    }

    [Fact]
    public void Of_an_erased_conversation_everything_is_dropped_and_nothing_of_others()
    {
        var uploads = Stored(Reserve(PersonsUploads.None, 1, bytes: 1), 2);
        uploads = UploadFold.Evolve(uploads, new UploadReserved(Now, WithIda, File(3, 1)));

        Assert.Equal([Id(1), Id(2)], UploadRules.DecideDropped(uploads, WithAna, Now)!.Ids);
    }

    [Fact]
    public void A_deletion_that_fails_is_tried_again()
    {
        var uploads = Stored(PersonsUploads.None, 1);
        uploads = UploadFold.Evolve(uploads, UploadRules.DecideDropped(uploads, [Id(1)], Now)!);
        Assert.Equal(Now, uploads.NextDue);

        uploads = UploadFold.Evolve(uploads, new DeletionPutOff(Now, [Id(1)]));

        Assert.Equal(Now + UploadRules.RetryAfter, uploads.NextDue);
    }

    internal static AttachmentId Id(byte number) => AttachmentId.Of([.. new byte[AttachmentId.Bytes - 1], number]);

    internal static AttachedFile File(byte number, long bytes) => new(Id(number), AttachmentType.Png, bytes);

    private static PersonsUploads Reserve(PersonsUploads uploads, byte number, long bytes) =>
        UploadFold.Evolve(uploads, Try(uploads, number, bytes).Value!);

    private static PersonsUploads Stored(PersonsUploads uploads, byte number) =>
        UploadFold.Evolve(
            UploadFold.Evolve(uploads, new UploadReserved(Now, WithAna, File(number, 1))),
            new UploadStored(Now, Id(number))
        );

    private static GrainInterfaces.Outcomes.Outcome<UploadReserved> Try(
        PersonsUploads uploads,
        byte number,
        long bytes
    ) =>
        UploadRules.Decide(uploads, new ReserveUpload(WithAna, File(number, bytes)), mostBytes: 100, mostFiles: 2, Now);
}
