namespace Actors.ApiHost.Operations.Switches;

/// <summary>Whether a feature is on, as this host last heard; sits in the metadata of the feature's routes.</summary>
internal sealed class FeatureState(string name)
{
    private volatile bool _isOn = true;

    public string Name { get; } = name;

    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }
}
