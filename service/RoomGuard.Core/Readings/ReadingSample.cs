using RoomGuard.Core.Power;

namespace RoomGuard.Core.Readings;

/// <summary>One measured value at one moment, as it goes to the readings.</summary>
/// <param name="Of">Whose: the name of its series.</param>
/// <param name="Quantity">Of what, as its enumeration writes it.</param>
/// <param name="At">When it was measured, by its bridge's clock.</param>
public readonly record struct ReadingSample(string Of, string Quantity, DateTimeOffset At, double Value)
{
    /// <summary>The same of a UPS.</summary>
    public static ReadingSample From(UpsSample sample) => new(sample.Ups, sample.Quantity.ToString(), sample.At, sample.Value);
}
