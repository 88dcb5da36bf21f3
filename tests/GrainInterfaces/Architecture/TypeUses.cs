using System.Reflection;
using System.Reflection.Emit;

namespace Actors.GrainInterfaces.Tests.Architecture;

/// <summary>
/// Which types a type uses: in signatures, in fields and in the code of its methods. Nested types, and with them lambdas
/// and state machines, count as their outermost type. Attributes do not count.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags All =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    /// <summary>Members that are called or read, by declaring type and name.</summary>
    public static IReadOnlyCollection<MemberInfo> MembersOf(Type type)
    {
        HashSet<MemberInfo> members = [];
        foreach (var part in WithNested(type))
        {
            foreach (var method in part.GetMethods(All).Cast<MethodBase>().Concat(part.GetConstructors(All)))
            {
                members.UnionWith(MembersIn(method));
            }
        }
        return members;
    }

    public static IReadOnlyCollection<Type> Of(Type type)
    {
        HashSet<Type> used = [];
        foreach (var part in WithNested(type))
        {
            Add(part.BaseType, used);
            foreach (var @interface in part.GetInterfaces())
            {
                Add(@interface, used);
            }
            foreach (var field in part.GetFields(All))
            {
                Add(field.FieldType, used);
            }
            foreach (var method in part.GetMethods(All).Cast<MethodBase>().Concat(part.GetConstructors(All)))
            {
                AddSignature(method, used);
                foreach (var member in MembersIn(method))
                {
                    AddMember(member, used);
                }
            }
        }
        used.Remove(Outermost(type));
        return used;
    }

    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(All).SelectMany(WithNested).Prepend(type);

    private static void AddMember(MemberInfo member, HashSet<Type> used)
    {
        Add(member as Type ?? member.DeclaringType, used);
        if (member is FieldInfo field)
        {
            Add(field.FieldType, used);
        }
        if (member is MethodBase method)
        {
            AddSignature(method, used);
        }
    }

    private static void AddSignature(MethodBase method, HashSet<Type> used)
    {
        foreach (var parameter in method.GetParameters())
        {
            Add(parameter.ParameterType, used);
        }
        if (method is MethodInfo { ReturnType: var returned })
        {
            Add(returned, used);
        }
        foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
        {
            Add(argument, used);
        }
    }

    private static void Add(Type? type, HashSet<Type> used)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }
        if (type.HasElementType)
        {
            Add(type.GetElementType(), used);
            return;
        }
        foreach (var argument in type.GetGenericArguments())
        {
            Add(argument, used);
        }
        used.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
    }

    private static IEnumerable<MemberInfo> MembersIn(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var offset = 0; offset < code.Length; )
        {
            var opcode = OpCodesByValue[code[offset] == 0xFE ? (short)(0xFE00 | code[++offset]) : code[offset]];
            offset++;
            if (
                opcode.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                var token = BitConverter.ToInt32(code, offset);
                if (method.Module.ResolveMember(token, typeArguments, methodArguments) is { } member)
                {
                    yield return member;
                }
            }
            offset += OperandBytes(opcode.OperandType, code, offset);
        }
    }

    private static int OperandBytes(OperandType operand, byte[] code, int offset) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, offset)),
            _ => 4,
        };
}
