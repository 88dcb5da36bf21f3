using System.ComponentModel.DataAnnotations;
using Actors.Grains.Hosting;

namespace Actors.Grains.Menus;

[Settings("Menus")]
public sealed record MenuOptions
{
    [Setting("Menus that a model has at a time, archived ones not counted."), Range(1, 500)]
    public int MenusPerModel { get; init; } = 50;

    [Setting("Items of one menu."), Range(1, 500)]
    public int ItemsPerMenu { get; init; } = 100;

    [Setting("Loyalty points that an item may award for each token of its price."), Range(0, 1_000)]
    public int LoyaltyPointsPerToken { get; init; } = 100;
}
