using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>A value of a profile, and what a site may choose in its place without an exception.</summary>
/// <typeparam name="T">An enumeration or a number.</typeparam>
/// <param name="MayChoose">Empty: no choice.</param>
public sealed record Chosen<T>(T Value, ImmutableArray<T> MayChoose)
    where T : struct
{
    /// <summary>Whether a site may have this value without an exception for being looser.</summary>
    public bool Allows(T value) => Value.Equals(value) || MayChoose.Contains(value);
}

/// <summary>Who may be an escort or a witness.</summary>
public enum Eligibility
{
    /// <summary>職員等 only.</summary>
    StaffOnly,

    /// <summary>A contractor with a grant of their own too.</summary>
    AuthorisedContractor,
}

/// <summary>Whether anything of the マイナンバー segment may leave.</summary>
public enum CarryOutRule
{
    /// <summary>Set to impossible.</summary>
    Forbidden,

    /// <summary>Only on encrypted media that stand in the list.</summary>
    ListedEncryptedMedia,
}

/// <summary>R-ZONE-02: what happens when a zone lies in the basement or on the ground floor.</summary>
public enum GroundFloorRule
{
    /// <summary>Accepted with a lasting finding.</summary>
    Warn,

    /// <summary>Refused unless an approved exception is cited.</summary>
    Refuse,
}

/// <summary>Whether CHIEF is told of every incident.</summary>
public enum ChiefReporting
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>When SUP or SEC holds it to be needed.</summary>
    AsNeeded,
}

/// <summary>Whom the texts name for reports to the outside, beyond the list a site keeps.</summary>
public enum OutsideParty
{
    /// <summary>総務省.</summary>
    Ministry,

    /// <summary>都道府県.</summary>
    Prefecture,

    /// <summary>報道機関.</summary>
    Press,
}

/// <summary>What a policy violation sets in motion beyond its record.</summary>
public enum ViolationStep
{
    /// <summary>Notice to the superior.</summary>
    Notify,

    /// <summary>SUP may suspend.</summary>
    Suspend,

    /// <summary>The gravity is judged.</summary>
    Gravity,

    /// <summary>Material for personnel, who decide; never the system.</summary>
    PersonnelMaterial,
}

/// <summary>What the room is called. A word of people, kept as the text has it.</summary>
/// <param name="MediaStore">Null: the same word.</param>
public sealed record RoomLabels(string ServerRoom, string? MediaStore);

/// <summary>Who approves equipment off the premises.</summary>
/// <param name="OwnFacilitiesAreSites">The organisation's own facilities are sites and not off the premises.</param>
/// <param name="CheckedAtIntervals">Equipment there is checked at intervals.</param>
public sealed record OffsiteApproval(Role By, bool OwnFacilitiesAreSites, bool CheckedAtIntervals);

/// <summary>What the 緊急時対応計画 is called, and whether it points to the 業務継続計画.</summary>
public sealed record EmergencyPlanLabel(string Label, bool LinksToContinuityPlan);

/// <summary>What roles are called.</summary>
/// <param name="MappedAtSetUp">The text names none: the site maps them when it is set up.</param>
/// <param name="Names">Where the text names a post, it; roles that are missing keep our word.</param>
public sealed record RoleNames(bool MappedAtSetUp, ImmutableDictionary<Role, string> Names);

/// <summary>Kept-for times in years (R-BKP-03).</summary>
public sealed record KeepYears(int Entries, int Incidents);

/// <summary>
/// 運用区分: what one organisation's text asks of the same system (R-PROF-03), as data. The members are the rows of section (b) of
/// docs/requirements.md, in their order; nothing else in the program knows an organisation by name.
/// </summary>
/// <param name="Profile">Names it, e.g. <c>base</c>: the name of its file.</param>
/// <param name="Version">Rises with each change of its text; old versions stay readable (R-PROF-02).</param>
/// <param name="Organisation">Whose text it follows, for people.</param>
/// <param name="Source">The text, with its date.</param>
/// <param name="RoomLabel">The zone's own word for a room.</param>
/// <param name="PersonCategories">区分 that exist (R-ID-01).</param>
/// <param name="ContractorCountsAsStaff">For duties only; see escort and witness.</param>
/// <param name="EscortEligibility">R-VIS: who may escort.</param>
/// <param name="WitnessEligibility">Always staff: the text leaves no choice.</param>
/// <param name="Segments">系統 that exist (R-ZONE-05).</param>
/// <param name="MyNumberOperatorFactors">Factors at operator sign-in for that segment (R-SIGN-13); null: the segment is not used.</param>
/// <param name="MyNumberDoorFactors">Factors at doors of that segment; null: not used.</param>
/// <param name="MyNumberCarryOut">Carrying out of that segment; null: not used.</param>
/// <param name="GroundFloor">R-ZONE-02.</param>
/// <param name="OuterDoorLimit">R-ZONE-03: outer doors of a zone without SUP's approval.</param>
/// <param name="TwoPersonChange">Change work takes two people.</param>
/// <param name="AuditModule">False: self-inspection only; the read-only role stays.</param>
/// <param name="SelfInspectionMonths">Null: no interval is set, it is begun by hand and a reminder is offered.</param>
/// <param name="ReviewNeedsRiskFigures">The yearly review asks for risk figures.</param>
/// <param name="ExternalReports">Empty: the list a site keeps.</param>
/// <param name="ViolationPath">Empty: recorded only.</param>
/// <param name="SuspensionBySup">R-ID-10.</param>
/// <param name="ExceptionRegister">R-EXC.</param>
/// <param name="StandardsConfidential">The 対策基準 is shown to staff only.</param>
/// <param name="ProceduresConfidential">The 実施手順 are shown to staff only.</param>
/// <param name="WaterLossInput">Loss of water is watched.</param>
/// <param name="SitesMayDiffer">Sites of one organisation may have profiles of their own (R-PROF-01).</param>
/// <param name="PasswordChangeDays">Null: off (R-SIGN-06).</param>
/// <param name="NoticeToDeskOnEveryPath">The desk is copied in every report.</param>
/// <param name="Keep">Null: the site decides (R-BKP-03).</param>
/// <param name="Limits">Every figure marked † that a profile keeps.</param>
public sealed record PolicyProfile(
    string Profile,
    int Version,
    string Organisation,
    string Source,
    RoomLabels RoomLabel,
    ImmutableArray<PersonCategory> PersonCategories,
    bool ContractorCountsAsStaff,
    Chosen<Eligibility> EscortEligibility,
    Eligibility WitnessEligibility,
    ImmutableArray<Segment> Segments,
    int? MyNumberOperatorFactors,
    Chosen<int>? MyNumberDoorFactors,
    CarryOutRule? MyNumberCarryOut,
    GroundFloorRule GroundFloor,
    int OuterDoorLimit,
    OffsiteApproval OffsiteApproval,
    bool TwoPersonChange,
    bool AuditModule,
    int? SelfInspectionMonths,
    bool ReviewNeedsRiskFigures,
    Chosen<ChiefReporting> ReportToChief,
    ImmutableArray<OutsideParty> ExternalReports,
    ImmutableArray<ViolationStep> ViolationPath,
    bool SuspensionBySup,
    bool ExceptionRegister,
    EmergencyPlanLabel EmergencyPlan,
    bool StandardsConfidential,
    bool ProceduresConfidential,
    bool WaterLossInput,
    bool SitesMayDiffer,
    RoleNames RoleNames,
    int? PasswordChangeDays,
    bool NoticeToDeskOnEveryPath,
    KeepYears? Keep,
    ImmutableDictionary<Limit, int> Limits)
{
    private const int MostText = 200;

    /// <summary>One of the profile's figures.</summary>
    public int this[Limit limit] => Limits.TryGetValue(limit, out var figure) ? figure : LimitRange.Before(limit) ?? throw new KeyNotFoundException($"The profile has no {limit}.");

    /// <summary>Months between two checks of equipment off the premises (R-LIFE-06); null: this text sets none.</summary>
    [JsonIgnore]
    public int? OffsiteCheckMonths => OffsiteApproval.CheckedAtIntervals ? this[Limit.OffsiteCheckMonths] : null;

    /// <summary>The room's word for one kind of zone.</summary>
    public string LabelOf(ZoneKind kind) => kind is ZoneKind.MediaStore ? RoomLabel.MediaStore ?? RoomLabel.ServerRoom : RoomLabel.ServerRoom;

    /// <summary>What is impossible about it: the member, the value, the remedy. Empty: all is well.</summary>
    public IEnumerable<string> Problems() => [.. Texts(), .. Lists(), .. MyNumber(), .. Figures()];

    private static string? Doubled<T>(ImmutableArray<T> values) =>
        values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { Key: var twice } ? $"{twice}" : null;

    private IEnumerable<string> Texts()
    {
        if (Profile is not { Length: >= 1 and <= 40 } || !Profile.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            yield return $"profile: \"{Profile}\" is not a name. Use 1 to 40 small letters, digits and hyphens.";
        }

        if (Version < 1)
        {
            yield return $"version: {Version}; versions begin at 1.";
        }

        (string Member, string? Text)[] texts =
        [
            ("organisation", Organisation), ("source", Source), ("roomLabel.serverRoom", RoomLabel.ServerRoom), ("roomLabel.mediaStore", RoomLabel.MediaStore ?? RoomLabel.ServerRoom),
            ("emergencyPlan.label", EmergencyPlan.Label), .. RoleNames.Names.Select(name => ($"roleNames.names.{name.Key}", (string?)name.Value)),
        ];
        foreach (var (member, text) in texts)
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > MostText || text.Any(char.IsControl))
            {
                yield return $"{member}: write 1 to {MostText} characters.";
            }
        }
    }

    private IEnumerable<string> Lists()
    {
        if (PersonCategories.IsDefaultOrEmpty || !PersonCategories.Contains(PersonCategory.Staff))
        {
            yield return "personCategories: Staff is missing; without staff nobody could approve anything.";
        }

        if (Segments.IsDefaultOrEmpty)
        {
            yield return "segments: empty. Name at least one.";
        }

        (string Member, string? Twice)[] lists =
        [
            ("personCategories", Doubled(PersonCategories)), ("segments", Doubled(Segments)), ("externalReports", Doubled(ExternalReports)), ("violationPath", Doubled(ViolationPath)),
        ];
        foreach (var (member, twice) in lists.Where(list => list.Twice is not null))
        {
            yield return $"{member}: {twice} stands twice.";
        }

        if (WitnessEligibility is not Eligibility.StaffOnly)
        {
            yield return "witnessEligibility: a witness is staff; the text leaves no choice. Write StaffOnly.";
        }
    }

    private IEnumerable<string> MyNumber()
    {
        // A profile whose text speaks of the segment's factors without listing it in its segments is the Base of all others.
        if (Segments.Contains(Segment.MyNumber) && (MyNumberOperatorFactors is null || MyNumberDoorFactors is null || MyNumberCarryOut is null))
        {
            yield return "segments: MyNumber is among them, so myNumberOperatorFactors, myNumberDoorFactors and myNumberCarryOut cannot be null (R-PROF-07).";
        }

        if (MyNumberOperatorFactors is not (null or 1 or 2))
        {
            yield return $"myNumberOperatorFactors: {MyNumberOperatorFactors} is neither 1 nor 2.";
        }

        if (MyNumberDoorFactors is { } door && (door.Value is not (1 or 2) || door.MayChoose.Any(value => value is not (1 or 2))))
        {
            yield return "myNumberDoorFactors: factors are 1 or 2.";
        }
    }

    private IEnumerable<string> Figures()
    {
        (string Member, int? Value, int Least, int Most)[] figures =
        [
            ("outerDoorLimit", OuterDoorLimit, 0, 10), ("selfInspectionMonths", SelfInspectionMonths, 1, 36), ("passwordChangeDays", PasswordChangeDays, 30, 730),
            ("keep.entries", Keep?.Entries, 1, 30), ("keep.incidents", Keep?.Incidents, 1, 30),
            .. Enum.GetValues<Limit>().Where(Limits.ContainsKey).Select(limit => ($"limits.{limit}", (int?)Limits[limit], LimitRange.Of(limit).Least, LimitRange.Of(limit).Most)),
        ];
        foreach (var (member, value, least, most) in figures)
        {
            if (value is { } given && (given < least || given > most))
            {
                yield return $"{member}: {given} is outside {least} to {most}.";
            }
        }

        foreach (var missing in Enum.GetValues<Limit>().Where(limit => !Limits.ContainsKey(limit)))
        {
            yield return $"limits: {missing} is missing.";
        }
    }
}
