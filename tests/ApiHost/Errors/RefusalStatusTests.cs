using System.Reflection;
using Actors.ApiHost.Errors;
using Actors.GrainInterfaces.Outcomes;

namespace Actors.ApiHost.Tests.Errors;

[Trait("Spec", "SE-1")]
public sealed class RefusalStatusTests
{
    [Fact]
    public void Every_code_that_a_feature_declares_has_a_status_and_every_status_a_declared_code()
    {
        Assembly[] assemblies = [typeof(Refusal).Assembly, typeof(RefusalStatus).Assembly];
        var declared =
            from type in assemblies.SelectMany(assembly => assembly.GetTypes())
            where type.Name.EndsWith("Refusals", StringComparison.Ordinal)
            from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
            where field.IsLiteral && field.Name.EndsWith("Code", StringComparison.Ordinal)
            select (string)field.GetRawConstantValue()!;
        Assert.Equal(declared.Order(), RefusalStatus.Codes.Order());
    }
}
