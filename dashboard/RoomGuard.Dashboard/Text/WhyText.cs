using System.Globalization;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;

namespace RoomGuard.Dashboard.Text;

/// <summary>「なぜ?」: the rules and the values they looked at, in words.</summary>
public static class WhyText
{
    public static readonly Word Title = new("なぜ?", "Why?");
    public static readonly Word Lead = new(
        "扉の制御盤が調べた規則を、調べた順に示します。", "The rules the bridge asked, in the order they were asked.");
    public static readonly Word Rule = new("規則", "Rule");
    public static readonly Word Verdict = new("判定", "Verdict");
    public static readonly Word Facts = new("見た値", "Values looked at");
    public static readonly Word Requirement = new("根拠", "Requirement");
    public static readonly Word Decided = new("{0} により拒否しました。", "Refused because: {0}.");
    public static readonly Word Allowed = new("すべての規則に適合し、入室を許可しました。", "Every rule was met and entry was granted.");
    public static readonly Word WhatToDo = new("次にすること", "What to do");
    public static readonly Word ByList = new("許可一覧 第{0}版により判定", "Decided by grant list {0}");
    public static readonly Word NoRules = new("この記録には規則の判定がありません。", "No rules were asked for this entry.");

    public static readonly Sign Passed = new("○", new("適合", "Met"), "ok");
    public static readonly Sign Objected = new("×", new("不適合", "Not met"), "crit");
    public static readonly Sign NotAsked = new("―", new("未評価", "Not asked"), "stale");

    /// <summary>The rule in words; its own name where there are none.</summary>
    public static string RuleName(string rule, Language language) => language == Language.Japanese ? RuleText.Rule(rule).Ja : RuleText.Rule(rule).En;

    /// <summary>The value's name in words; its key where there are none.</summary>
    public static string FactName(string name, Language language) => language == Language.Japanese ? RuleText.Fact(name).Ja : RuleText.Fact(name).En;

    /// <summary>What the rule saw, in words: states and methods by name, times by the site's clock, areas by their labels; else as it stands.</summary>
    public static string FactValue(RuleFact fact, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(ink);
        if (fact.Value.Length == 0 || fact.Value == "-")
        {
            return "―";
        }

        var words = RuleText.Value(fact);
        if (words.En != fact.Value)
        {
            return ink.Language == Language.Japanese ? words.Ja : words.En;
        }

        if (DateTimeOffset.TryParseExact(fact.Value, "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return ink.Stamp(at);
        }

        var places = fact.Value.Split(' ').Select(part => ink.PlaceName(part)).ToList();
        return places.TrueForAll(place => place is not null) ? string.Join(ink.Language == Language.Japanese ? "・" : ", ", places) : fact.Value;
    }

    /// <summary>The sign of a verdict.</summary>
    public static Sign Of(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Passed => Passed,
        RuleVerdict.Objected => Objected,
        _ => NotAsked,
    };
}
