using Actors.GrainInterfaces.Ledger;

namespace Actors.Grains.Tests.Purchases;

[Trait("Spec", "PM-3")]
public class PurchaseIdTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(0x12345678, 0x123456789)]
    [InlineData(PurchaseId.MaxAccount, PurchaseId.MaxVersion)]
    public void An_id_says_where_the_purchase_is_and_looks_like_a_UUID_of_version_4(long account, long version)
    {
        var text = PurchaseId.Of(account, version).ToString();

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", text);
        Assert.True(PurchaseId.TryParse(text, out var id));
        Assert.Equal((account, version), (id.Account, id.Version));
    }

    [Fact]
    public void The_layout_never_changes() => Assert.Equal(Golden, PurchaseId.Of(33, 4_711).ToString());

    [Fact]
    public void An_id_with_any_digit_changed_is_none()
    {
        var text = PurchaseId.Of(33, 4_711).ToString();
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var digit in "0123456789abcdef".Where(digit => text[at] != '-' && digit != text[at]))
            {
                var changed = text[..at] + digit + text[(at + 1)..];
                Assert.False(PurchaseId.TryParse(changed, out _), changed);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("not-a-uuid")]
    [InlineData("{6f9619ff-8b86-d011-b42d-00c04fc964ff}")]
    public void Whatever_is_no_id_of_ours_is_refused(string? text) => Assert.False(PurchaseId.TryParse(text, out _));

    private const string Golden = "af7a87ba-8caa-4809-b55b-535a3667c8b9";
}
