using System.Globalization;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Equipment;

/// <summary>廃棄・消去記録 as lines of a list, in the columns of its form.</summary>
internal static class DisposalLines
{
    /// <summary>The heads and all lines.</summary>
    public static IEnumerable<IEnumerable<string>> Of(IEnumerable<DisposalLook> looks, Ink ink)
    {
        yield return new[]
        {
            DisposalsText.Number, DisposalsText.Kind, DisposalsText.Tag, AssetsText.Name, DisposalsText.Serials, AssetsText.Importance, DisposalsText.Reason, DisposalsText.AskedAllowed, DisposalsText.Method, DisposalsText.ErasedAt,
            DisposalsText.ErasedVerified, DisposalsText.Firm, MovesText.Witness, DisposalsText.Certificate, DisposalsText.Secrecy, DisposalsText.Move, DisposalsText.State, MovesText.Entries,
        }.Select(head => ink[head]);
        foreach (var look in looks)
        {
            var (file, disposal) = (look.File, look.File.Disposal);
            yield return
            [
                disposal.Id.Value,
                ink[DisposalsText.Of(disposal.Kind)],
                disposal.Tag.Value,
                look.Item?.Asset.Name ?? "",
                string.Join(' ', file.Serials.IsEmpty ? look.Item?.Asset.Storage.Select(part => part.Serial) ?? [] : file.Serials),
                look.Item is var (_, effective) ? AssetsText.ClassOf(effective, ink) : "",
                disposal.Reason,
                $"{look.NameOf(file.AskedBy)} / {look.NameOf(file.DecidedBy)} / {(file.DecidedAt is { } decided ? ink.Iso(decided) : "")}",
                file.Method is { } method ? ink[DisposalsText.Of(method)] : disposal.NeedsErasure ? "" : ink[DisposalsText.NoStorage],
                file.ErasedAt is { } erased ? ink.Iso(erased) : "",
                $"{look.NameOf(file.ErasedBy)} / {look.NameOf(file.VerifiedBy)}",
                disposal.Firm,
                string.Join(' ', look.Witnesses.Select(person => look.NameOf(person))),
                $"{file.CertificateNo} / {Ink.Field(file.CertificateReceivedOn)}",
                $"{file.NdaContract} {look.NameOf(file.SecrecyCheckBy)}".Trim(),
                file.Move?.Value ?? "",
                ink[DisposalsText.Of(file.State).Word],
                string.Join(' ', file.Story.Select(line => line.N.ToString(CultureInfo.InvariantCulture))),
            ];
        }
    }
}
