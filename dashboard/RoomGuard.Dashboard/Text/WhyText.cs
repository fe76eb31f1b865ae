using RoomGuard.Core.Doors;
using RoomGuard.Core.Doors.Rules;
using RoomGuard.Core.Grants;
using RoomGuard.Core.People;
using RoomGuard.Core.Readers;
using RoomGuard.Core.Zones;

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

    /// <summary>A value in words where it is a name of ours (several joined by + or a comma), else as it stands.</summary>
    public static string FactValue(string value, Ink ink)
    {
        if (value.Length == 0 || value == "-")
        {
            return "―";
        }

        var parts = value.Split(['+', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var words = parts.Select(part => One(part, ink)).ToList();
        return words.TrueForAll(word => word is not null) ? string.Join(ink.Language == Language.Japanese ? "・" : ", ", words) : value;
    }

    /// <summary>The sign of a verdict.</summary>
    public static Sign Of(RuleVerdict verdict) => verdict switch
    {
        RuleVerdict.Passed => Passed,
        RuleVerdict.Objected => Objected,
        _ => NotAsked,
    };

    private static string? One(string part, Ink ink)
    {
        if (!char.IsAsciiLetterUpper(part[0]))
        {
            return null;
        }

        return Enum.TryParse<CredentialState>(part, out var card) ? ink[StateText.Of(card).Word]
            : Enum.TryParse<PersonCategory>(part, out var category) ? ink[ChoiceText.Of(category)]
            : Enum.TryParse<EntryMethod>(part, out var method) ? ink[ChoiceText.Of(method)]
            : Enum.TryParse<ReaderCondition>(part, out var condition) ? ink[StateText.Of(condition).Word]
            : Enum.TryParse<WeekDays>(part, out var days) ? ChoiceText.Of(days, ink.Language)
            : ink.PlaceName(part);
    }
}
