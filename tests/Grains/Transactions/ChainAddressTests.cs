using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class ChainAddressTests
{
    // Of EIP-55.
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void An_address_with_its_checksum_is_kept_in_lower_case_and_written_with_it_again(string text)
    {
        Assert.True(ChainAddress.TryParse(text, out var address));

        Assert.Equal((text.ToLowerInvariant(), text), (address.Value, address.ToChecksummed()));
        Assert.Equal(address, ChainAddress.Parse(text.ToLowerInvariant()));
        Assert.Equal(address, ChainAddress.Parse("0x" + text[2..].ToUpperInvariant()));
    }

    [Fact]
    public void A_checksum_that_is_wrong_in_any_letter_is_refused()
    {
        const string text = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        for (var place = 2; place < text.Length; place++)
        {
            if (!char.IsAsciiLetter(text[place]))
            {
                continue;
            }
            var letters = text.ToCharArray();
            letters[place] = (char)(letters[place] ^ 0x20);

            Assert.False(ChainAddress.TryParse(new string(letters), out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0xde709f2102306220921060314715629080e2fb7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb777")]
    [InlineData("0Xde709f2102306220921060314715629080e2fb77")]
    [InlineData("1xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0xge709f2102306220921060314715629080e2fb77")]
    [InlineData(" 0xde709f2102306220921060314715629080e2fb7")]
    public void What_is_no_address_is_refused(string? text)
    {
        Assert.False(ChainAddress.TryParse(text, out _));
        Assert.False(TransactionHash.TryParse(text, out _));
    }

    [Fact]
    public void A_hash_is_kept_in_lower_case()
    {
        Assert.True(TransactionHash.TryParse("0x" + new string('A', 64), out var hash));
        Assert.Equal("0x" + new string('a', 64), hash.Value);
        Assert.False(TransactionHash.TryParse("0x" + new string('a', 63), out _));
        Assert.False(TransactionHash.TryParse("0x" + new string('a', 65), out _));
    }
}
