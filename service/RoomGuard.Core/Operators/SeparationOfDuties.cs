using System.Collections.Immutable;
using RoomGuard.Core.People;

namespace RoomGuard.Core.Operators;

/// <summary>兼務の禁止: pairs that shall never be one person in one case, numbered as in section (c) of docs/requirements.md.</summary>
public enum DutyPair
{
    /// <summary>申請者・承認者.</summary>
    ApplicantAndApprover = 1,

    /// <summary>実施者・確認者 of change work.</summary>
    PerformerAndChecker = 2,

    /// <summary>立会者・搬入出者 of a move.</summary>
    WitnessAndCarrier = 3,

    /// <summary>Author and approver of a settings change.</summary>
    AuthorAndApprover = 4,

    /// <summary>Enterer and confirmer of a hand-written register line.</summary>
    EntererAndConfirmer = 5,

    /// <summary>付添い and visitor.</summary>
    EscortAndVisitor = 6,

    /// <summary>Auditor and auditee.</summary>
    AuditorAndAuditee = 7,

    /// <summary>消去者・確認者.</summary>
    EraserAndVerifier = 8,

    /// <summary>Subject of a violation and receiver of its notice.</summary>
    SubjectAndReceiver = 9,

    /// <summary>Person looked into and the one who looks (利用状況調査).</summary>
    SubjectAndInvestigator = 10,
}

/// <summary>The pairs, by person and not by account (R-PROF-05).</summary>
public static class SeparationOfDuties
{
    /// <summary>Whether やむを得ない場合 exists for a pair; the way to use it is an exception of its own kind (R-EXC-07).</summary>
    public static bool HasException(DutyPair pair) => pair is DutyPair.ApplicantAndApprover or DutyPair.AuditorAndAuditee;

    /// <summary>Whether one person would stand on both sides.</summary>
    /// <param name="excepted">An exception in force covers this case; counts only for pairs that have one.</param>
    public static bool Broken(DutyPair pair, PersonId one, PersonId other, bool excepted = false) => one == other && !(excepted && HasException(pair));

    /// <summary>Whether a person may hold these roles at one time: an auditor holds no other (pair 7).</summary>
    public static bool MayHoldTogether(ImmutableArray<Role> roles) => !roles.Contains(Role.Auditor) || roles.All(role => role == Role.Auditor);
}
