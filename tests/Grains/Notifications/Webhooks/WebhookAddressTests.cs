using System.Net;
using Actors.Grains.Notifications.Webhooks;

namespace Actors.Grains.Tests.Notifications.Webhooks;

[Trait("Spec", "NO-2")]
public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.255.255")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    [InlineData("2a00:1450:4003:80f::200e")]
    public void A_public_address_is_allowed(string address) =>
        Assert.True(WebhookAddress.IsAllowed(IPAddress.Parse(address), allowLoopback: false));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void A_private_local_or_special_address_is_not(string address) =>
        Assert.False(WebhookAddress.IsAllowed(IPAddress.Parse(address), allowLoopback: false));

    [Fact]
    public void The_setting_for_tests_opens_loopback_and_nothing_else()
    {
        Assert.True(WebhookAddress.IsAllowed(IPAddress.Loopback, allowLoopback: true));
        Assert.True(WebhookAddress.IsAllowed(IPAddress.IPv6Loopback, allowLoopback: true));
        Assert.False(WebhookAddress.IsAllowed(IPAddress.Parse("10.0.0.1"), allowLoopback: true));
        Assert.False(WebhookAddress.IsAllowed(IPAddress.Parse("169.254.169.254"), allowLoopback: true));
    }
}
