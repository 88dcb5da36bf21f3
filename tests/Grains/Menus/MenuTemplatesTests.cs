using Actors.GrainInterfaces.Menus;
using Actors.GrainInterfaces.Menus.Ready;
using static Actors.Grains.Tests.Menus.MenuScenes;

namespace Actors.Grains.Tests.Menus;

[Trait("Spec", "PM-2")]
public sealed class MenuTemplatesTests
{
    [Fact]
    public void There_are_three_of_seven_items_each()
    {
        Assert.Equal(
            [
                ("quick-fun", QueueMode.Off, MenuVisibility.Public, 7),
                ("private-energy", QueueMode.On, MenuVisibility.Public, 7),
                ("vip-experience", QueueMode.On, MenuVisibility.SubscribersOnly, 7),
            ],
            MenuTemplates.All.Select(static template =>
                (template.Name, template.Menu.QueueMode!.Value, template.Menu.Visibility!.Value, template.Items.Count)
            )
        );
    }

    [Fact]
    public void Each_makes_a_menu_that_keeps_its_texts_as_they_are_written()
    {
        foreach (var template in MenuTemplates.All)
        {
            var menu = Made(template.Menu, [.. template.Items]);

            Assert.Equal(template.Menu.Name, menu.Settings.Name);
            Assert.Equal(template.Menu.Description.Value, menu.Settings.Description);
            Assert.Equal(
                template.Items.Select(static item => (item.Name, item.Description.Value)),
                menu.Items.Select(static item => ((string?)item.Content.Name, item.Content.Description))
            );
            Assert.Equal(7, menu.Items.Select(static item => item.Content.Name).Distinct().Count());
            Assert.Equal(Enumerable.Range(1, 7), menu.Items.Select(static item => item.Content.DisplayOrder));
        }
    }

    [Fact]
    public void The_first_is_cheaper_than_the_others_throughout()
    {
        var prices = MenuTemplates.All.Select(static template =>
            template.Items.Select(static item => item.TokenValue!.Value).ToArray()
        );
        var (quick, later) = (prices.First(), prices.Skip(1).SelectMany(static one => one));

        Assert.True(quick.Max() < later.Min());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Quick-Fun")]
    public void A_name_that_is_none_of_theirs_finds_none(string? name) => Assert.Null(MenuTemplates.Find(name));
}
