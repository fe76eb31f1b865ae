using System.Diagnostics.Metrics;
using RoomGuard.Bridge.Ups;
using RoomGuard.Core.Power;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Ups;

/// <summary>What Prometheus is told of a unit.</summary>
public sealed class UpsMetersTests
{
    [Fact]
    [Requirement("R-PWR-06")]
    public void A_unit_that_fell_silent_has_no_number_instead_of_its_last()
    {
        var time = new VirtualTime(A.MondayNine);
        var board = new UpsBoard([new("ups-meters", "電源1", "UPS 1", "apc-smart-ups")], A.MondayNine);
        using var meters = new UpsMeters(board, time);
        board.Take(UpsReading.Nothing("ups-meters", A.MondayNine, "-") with
        {
            State = UpsQuality.Good,
            Flags = UpsFlags.OnBattery,
            Values = UpsReading.Nothing("ups-meters", A.MondayNine, "-").Values.Add(UpsQuantity.ChargePercent, new(80, UpsQuality.Good, A.MondayNine)),
            Trouble = null,
        });

        Assert.Equal((1, 0.8, 1), Read());
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal((0, double.NaN, double.NaN), Read());
    }

    private static (double Known, double Charge, double OnBattery) Read()
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == "RoomGuard.Bridge.Ups")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return (read["roomguard_ups_known"], read["roomguard_ups_charge_ratio"], read["roomguard_ups_on_battery"]);

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags[0].Value is "ups-meters")
            {
                read[instrument.Name] = value;
            }
        }
    }
}
