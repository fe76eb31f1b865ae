using System.Globalization;

namespace RoomGuard.Dashboard.Text;

/// <summary>The languages of the pages.</summary>
public enum Language
{
    /// <summary>日本語, the original.</summary>
    Japanese,

    /// <summary>English, the translation.</summary>
    English,
}

/// <summary>A text people read, in both languages. <c>{0}</c> and so on are places for values.</summary>
public sealed record Word(string Ja, string En)
{
    /// <summary>The text in a language.</summary>
    public string In(Language language) => language == Language.Japanese ? Ja : En;

    /// <summary>The text in a language with its values.</summary>
    public string In(Language language, params object?[] values) => string.Format(CultureInfo.InvariantCulture, In(language), values);
}

/// <summary>A state as people see it: symbol, word and how loud it is. Colour alone never says it.</summary>
/// <param name="Tone"><c>ok</c>, <c>quiet</c>, <c>warn</c>, <c>high</c>, <c>crit</c> or <c>stale</c>.</param>
public sealed record Sign(string Symbol, Word Word, string Tone);
