using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.About;

/// <summary>A page that says one thing.</summary>
/// <param name="Number">What to tell when asking for help; null: nothing.</param>
public sealed record MessageModel(Word Title, Word Lead, string? Number);
