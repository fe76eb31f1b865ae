using System.Text.Json;

namespace RoomGuard.Simulators.Site;

/// <summary>What the framework says about a file, as a person can use it. Path and line are named by whoever asks.</summary>
internal static class JsonComplaint
{
    public static string Of(JsonException wrong)
    {
        if (wrong.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
        {
            return "the value has the wrong form. A duration is written \"00:01:30\"; numbers, true and false stand without quotes.";
        }

        // The framework adds path and position after the first sentence.
        var end = wrong.Message.IndexOf(" Path:", StringComparison.Ordinal);
        var text = (end < 0 ? wrong.Message : wrong.Message[..end]).TrimEnd();
        return text.EndsWith('.') ? text : text + ".";
    }
}
