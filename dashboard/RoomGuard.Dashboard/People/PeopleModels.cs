using System.Collections.Immutable;
using RoomGuard.Core.People;
using RoomGuard.Dashboard.Acts;
using RoomGuard.Dashboard.Entries;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.People;

/// <summary>The list of people.</summary>
public sealed record PeopleListModel(PeopleQuery Query, PeoplePage Page, bool AnyAtAll);

/// <summary>The list of cards.</summary>
public sealed record CardListModel(CardQuery Query, CardsPage Page);

/// <summary>The list of grants.</summary>
public sealed record GrantListModel(GrantQuery Query, GrantsPage Page);

/// <summary>One person's page.</summary>
/// <param name="Recent">Their newest entries; null: a purpose must be stated first (R-SIGN-15).</param>
public sealed record PersonModel(PersonFile File, ImmutableArray<RegisterRow>? Recent);

/// <summary>A form about a person or their card.</summary>
/// <param name="Person">Null: somebody new.</param>
public sealed record PeopleFormModel(FormState State, Person? Person, ImmutableArray<CardFormatChoice> Formats);

/// <summary>A page that asks once more before an act.</summary>
/// <param name="Target">Where the form is sent.</param>
/// <param name="Back">Where 「やめる」 leads.</param>
/// <param name="Danger">True: cannot be taken back or closes doors.</param>
/// <param name="AsksReason">True: a reason must be written.</param>
/// <param name="Facts">What it is about, name and value.</param>
/// <param name="Carried">Fields to carry along unseen.</param>
public sealed record ConfirmModel(
    string Title,
    string Lead,
    string Do,
    string Target,
    string Back,
    bool Danger,
    bool AsksReason,
    string Section,
    ImmutableArray<(string Name, string Value)> Facts,
    ImmutableArray<(string Name, string Value)> Carried,
    FormState State);

/// <summary>The form for a PIN.</summary>
public sealed record PinModel(CardLine Card, FormState State, bool Differs);

/// <summary>The import page: before a file was chosen, or with what it would change.</summary>
public sealed record ImportModel(FormState State, ImportLook? Look, Word? Complaint)
{
    /// <summary>An import somebody began; null: none is looked at.</summary>
    public ImportRun? Run { get; init; }

    /// <summary>Lists that wait to be applied.</summary>
    public ImmutableArray<WaitingImport> Waiting { get; init; } = [];

    /// <summary>Set: this person may not apply it.</summary>
    public Refusal? Refusal { get; init; }
}
