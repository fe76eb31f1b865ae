namespace RoomGuard.TestKit;

/// <summary>
/// Says which requirement of <c>docs/requirements.md</c> a test proves. Only a test that would fail without the behaviour may carry
/// the id. <c>./test --requirements</c> prints the table.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute
{
    /// <summary>Requirement id, e.g. <c>R-DOOR-07</c>.</summary>
    public string Id { get; } = id;
}
