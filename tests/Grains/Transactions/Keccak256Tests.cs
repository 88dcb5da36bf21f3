using System.Security.Cryptography;
using System.Text;
using Actors.GrainInterfaces.Transactions;

namespace Actors.Grains.Tests.Transactions;

[Trait("Spec", "TX-1")]
public sealed class Keccak256Tests
{
    private const byte EndOfSha3 = 0x06;

    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData(
        "The quick brown fox jumps over the lazy dog",
        "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15"
    )]
    public void Published_messages_have_their_published_hashes(string message, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(message))));

    [Fact]
    public void With_the_end_of_SHA3_it_is_the_platforms_SHA3_at_every_length_around_its_blocks()
    {
        Assert.SkipUnless(SHA3_256.IsSupported, "This platform has no SHA-3.");
        for (var length = 0; length <= 420; length++)
        {
            var message = Enumerable.Range(0, length).Select(static index => (byte)(index * 7)).ToArray();

            Assert.Equal(SHA3_256.HashData(message), Keccak256.Hash(message, EndOfSha3));
        }
    }
}
