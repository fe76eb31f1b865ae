using System.Collections.Immutable;
using System.Globalization;
using RoomGuard.Core.Readers;
using RoomGuard.Wire.Osdp;

namespace RoomGuard.Bridge.Readers;

/// <summary>How one reader stands now, beside its counters.</summary>
/// <param name="Identity">Null while never heard.</param>
/// <param name="LastError">One line, English, for a technician; null: nothing yet.</param>
/// <param name="Findings">What should be mended or justified, as long as it lasts.</param>
public sealed record ReaderStanding(
    ReaderCondition Condition,
    bool Secure,
    PdIdentity? Identity,
    string? LastError,
    DateTimeOffset? LastErrorAt,
    ImmutableArray<string> Findings)
{
    /// <summary>Never heard yet.</summary>
    public static ReaderStanding Fresh { get; } = new(ReaderCondition.Unknown, Secure: false, null, null, null, []);
}

/// <summary>Words for a reader's identity.</summary>
public static class PdIdentityText
{
    extension(PdIdentity identity)
    {
        /// <summary>"vendor 02CACA, model 0C, version 01, serial 00064269, firmware 1.4.0": numbers in hex as on the label, firmware in decimal.</summary>
        public string ToWords() => string.Create(
            CultureInfo.InvariantCulture,
            $"vendor {identity.Vendor:X6}, model {identity.Model:X2}, version {identity.Version:X2}, serial {identity.Serial:X8}, firmware {identity.FirmwareMajor}.{identity.FirmwareMinor}.{identity.FirmwareBuild}");
    }
}
