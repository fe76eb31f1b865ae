using System.Collections.Immutable;

namespace RoomGuard.Core.Operators;

/// <summary>By what right a lockdown is ordered (R-DOOR-14: CHIEF, or SUP on instruction or in CHIEF's absence).</summary>
public enum LockdownMandate
{
    /// <summary>自らの権限: CHIEF's own order.</summary>
    Own,

    /// <summary>最高情報統括責任者の指示.</summary>
    Instructed,

    /// <summary>最高情報統括責任者の不在.</summary>
    ChiefAbsent,
}

/// <summary>The condition "instructed or CHIEF absent" of the table of authority.</summary>
public static class LockdownMandates
{
    /// <summary>What the table may be asked about.</summary>
    /// <param name="chiefs">Who holds CHIEF today, deputies too: there must be somebody to have instructed it.</param>
    /// <param name="reasonGiven">Absence is claimed in writing.</param>
    public static ActSubject About(LockdownMandate mandate, Actor by, ImmutableArray<RoleHolding> chiefs, bool reasonGiven)
    {
        ArgumentNullException.ThrowIfNull(by);
        return new()
        {
            InstructedOrChiefAbsent = mandate switch
            {
                LockdownMandate.Instructed => chiefs.Any(chief => chief.Person != by.Person),
                LockdownMandate.ChiefAbsent => reasonGiven,
                _ => false,
            },
        };
    }

    /// <summary>
    /// By what right a lockdown is lifted: SUP lifts what SUP began, and what CHIEF began only while nobody holds that role.
    /// </summary>
    /// <param name="begun">By what right it was begun; null: an older entry, which did not say.</param>
    public static ActSubject AboutLifting(LockdownMandate? begun, ImmutableArray<RoleHolding> chiefs) =>
        new() { InstructedOrChiefAbsent = begun is LockdownMandate.Instructed or LockdownMandate.ChiefAbsent || chiefs.IsEmpty };
}
