using System.Collections.Frozen;

namespace RoomGuard.Core.PolicyProfiles;

/// <summary>The figures marked † in docs/requirements.md that a profile keeps (R-PROF-03). The unit ends the name.</summary>
public enum Limit
{
    /// <summary>R-DOOR-16: longest entry grant; a year with its leap day.</summary>
    LongestGrantDays,

    /// <summary>R-ID-05: unused for so long, a card is listed for review.</summary>
    DormantListedDays,

    /// <summary>R-ID-05: unused for so long, a card is held.</summary>
    DormantHeldDays,

    /// <summary>R-ID-06: how long a difference may stay undecided.</summary>
    PersonnelDecisionWorkingDays,

    /// <summary>R-CON-05: between two checks of a contractor.</summary>
    ContractorCheckMonths,

    /// <summary>R-SIGN-03: failed tries before an account is locked.</summary>
    SignInTries,

    /// <summary>R-SIGN-03: the same for privileged accounts.</summary>
    PrivilegedSignInTries,

    /// <summary>R-SIGN-03: how long it stays locked.</summary>
    SignInLockMinutes,

    /// <summary>R-SIGN-04: idle time before a session locks.</summary>
    IdleMinutes,

    /// <summary>R-SIGN-04: the same for privileged sessions.</summary>
    PrivilegedIdleMinutes,

    /// <summary>R-SIGN-04: longest session.</summary>
    SessionMinutes,

    /// <summary>R-SIGN-04: the same for privileged sessions.</summary>
    PrivilegedSessionMinutes,

    /// <summary>R-SIGN-05: life of a temporary password.</summary>
    TemporaryPasswordHours,

    /// <summary>R-SIGN-06: fewest characters of a password.</summary>
    PasswordCharacters,

    /// <summary>R-SIGN-06: the same for privileged accounts.</summary>
    PrivilegedPasswordCharacters,

    /// <summary>R-SIGN-06: earlier passwords that may not come again.</summary>
    PasswordsRemembered,

    /// <summary>R-SIGN-09: privileged accounts of a site.</summary>
    PrivilegedAccounts,

    /// <summary>R-EXC-02: until when an urgent exception is reported.</summary>
    UrgentExceptionHours,

    /// <summary>R-EXC-03: between two reviews of an exception.</summary>
    ExceptionReviewMonths,

    /// <summary>R-SIGN-09: between two reviews of a privileged account.</summary>
    PrivilegedReviewMonths,

    /// <summary>R-LIFE-05: until when the certificate of a disposal is due.</summary>
    DisposalCertificateDays,

    /// <summary>R-LIFE-06: between two checks of equipment off the premises, where the profile asks for them.</summary>
    OffsiteCheckMonths,

    /// <summary>R-MOVE-11: between two stocktakings of a zone.</summary>
    StocktakeMonths,
}

/// <summary>What a figure may be, and which way is stricter.</summary>
/// <param name="SmallerIsStricter">False: more is stricter.</param>
public sealed record LimitRange(int Least, int Most, bool SmallerIsStricter)
{
    private static readonly FrozenDictionary<Limit, LimitRange> Ranges = new Dictionary<Limit, LimitRange>
    {
        [Limit.LongestGrantDays] = new(1, 366, true),
        [Limit.DormantListedDays] = new(7, 365, true),
        [Limit.DormantHeldDays] = new(7, 730, true),
        [Limit.PersonnelDecisionWorkingDays] = new(1, 60, true),
        [Limit.ContractorCheckMonths] = new(1, 36, true),
        [Limit.SignInTries] = new(2, 10, true),
        [Limit.PrivilegedSignInTries] = new(2, 10, true),
        [Limit.SignInLockMinutes] = new(5, 1440, false),
        [Limit.IdleMinutes] = new(1, 60, true),
        [Limit.PrivilegedIdleMinutes] = new(1, 30, true),
        [Limit.SessionMinutes] = new(15, 1440, true),
        [Limit.PrivilegedSessionMinutes] = new(5, 480, true),
        [Limit.TemporaryPasswordHours] = new(1, 168, true),
        [Limit.PasswordCharacters] = new(8, 64, false),
        [Limit.PrivilegedPasswordCharacters] = new(12, 64, false),
        [Limit.PasswordsRemembered] = new(0, 24, false),
        [Limit.PrivilegedAccounts] = new(2, 10, true),
        [Limit.UrgentExceptionHours] = new(1, 72, true),
        [Limit.ExceptionReviewMonths] = new(1, 12, true),
        [Limit.PrivilegedReviewMonths] = new(1, 24, true),
        [Limit.DisposalCertificateDays] = new(1, 180, true),
        [Limit.OffsiteCheckMonths] = new(1, 24, true),
        [Limit.StocktakeMonths] = new(1, 24, true),
    }.ToFrozenDictionary();

    /// <summary>What a text adopted before a figure existed is read with: the figure's default†. Null: every text has it.</summary>
    public static int? Before(Limit limit) => limit switch
    {
        Limit.PrivilegedReviewMonths or Limit.StocktakeMonths => 12,
        Limit.DisposalCertificateDays => 30,
        Limit.OffsiteCheckMonths => 6,
        _ => null,
    };

    /// <summary>The range of a figure.</summary>
    public static LimitRange Of(Limit limit) => Ranges[limit];

    /// <summary>Whether a site's figure is looser than the profile's.</summary>
    public bool Looser(int site, int profile) => SmallerIsStricter ? site > profile : site < profile;
}
