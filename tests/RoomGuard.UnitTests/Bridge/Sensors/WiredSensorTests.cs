using RoomGuard.Bridge.Sensors;
using RoomGuard.Core.Climate;
using RoomGuard.TestKit;
using RoomGuard.TestKit.Core;
using RoomGuard.Wire.Modbus;
using Xunit;

namespace RoomGuard.UnitTests.Bridge.Sensors;

/// <summary>Sensors that need no broker: registers and files of the kernel.</summary>
public class WiredSensorTests
{
    private static readonly ModbusSensorModel Transmitter = SensorModelFiles.Load("modbus-th").Modbus!;

    [Theory]
    [InlineData(230, 450, "x: Temperature 23, RelativeHumidity 45")]
    [InlineData(-55, 1000, "x: Temperature -5.5, RelativeHumidity 100")]
    [InlineData(32767, 65535, "x: Temperature none (the device's sign for failed), RelativeHumidity none (the device's sign for failed)")]
    public void A_transmitter_is_asked_and_its_registers_become_values(int temperature, int humidity, string expected)
    {
        var talk = new ModbusSensorTalk(ModbusTiming.Serial, [new("x", 1, Transmitter)]);
        var line = new RegisterLine(talk, unit => unit == 1 ? [0, (ushort)temperature, (ushort)humidity] : null);

        Assert.Equal([expected, expected], line.Run(TimeSpan.FromSeconds(15)).Select(HeardText.Of));
    }

    [Fact]
    public void A_sensor_that_refuses_is_a_fault_one_that_is_silent_says_nothing_and_the_link_is_opened_again()
    {
        var refuses = new RegisterLine(new(ModbusTiming.Serial, [new("x", 1, Transmitter)]), _ => []);
        Assert.Contains("refuses registers 1 to 2 (IllegalDataAddress)", HeardText.Of(refuses.Run(TimeSpan.FromSeconds(5))[0]), StringComparison.Ordinal);

        var silent = new RegisterLine(new(ModbusTiming.Serial, [new("x", 1, Transmitter)]), _ => null);
        Assert.Empty(silent.Run(TimeSpan.FromMinutes(3)));
        Assert.Contains("Look at the supply", silent.Reopened, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("23125", null, 23.125, null)]
    [InlineData("-4500\n", "0", -4.5, null)]
    [InlineData("23125", "1", null, "temp1_fault says that the sensor has failed")]
    [InlineData("", null, null, "temp1_input holds no number")]
    public void A_kernel_s_file_becomes_a_value_or_says_why_not(string input, string? fault, double? celsius, string? why)
    {
        var point = SensorModelFiles.Load("linux-hwmon").Files!.Points[0];
        var read = LinuxSensorText.Value(point, file => file switch { "temp1_input" => input, "temp1_fault" => fault, _ => null });

        Assert.Equal(new SensorValue(Quantity.SurfaceTemperature, celsius, why), read);
        Assert.Null(LinuxSensorText.Value(point, _ => null));
    }

    [Fact]
    public void Raw_figures_take_their_offset_and_scale_from_files_beside_them() =>
        Assert.Equal(
            23.5,
            LinuxSensorText.Value(new(Quantity.Temperature, "in_temp_raw", 0.001, OffsetFile: "in_temp_offset", ScaleFile: "in_temp_scale"), file => file switch { "in_temp_raw" => "4600", "in_temp_offset" => "100", _ => "5" })!.Value.Raw);

    [Fact]
    public void Sensors_of_this_machine_are_found_by_name_below_the_root_of_the_settings()
    {
        var root = Directory.CreateTempSubdirectory("roomguard-sys").FullName;
        try
        {
            var device = Directory.CreateDirectory(Path.Combine(root, "bus", "iio", "devices", "iio:device0")).FullName;
            File.WriteAllText(Path.Combine(device, "name"), "bme280\n");
            File.WriteAllText(Path.Combine(device, "in_temp_input"), "22410\n");
            File.WriteAllText(Path.Combine(device, "in_humidityrelative_input"), "46300\n");
            EnrolledSensor sensor = new("board", "linux-iio-th", Key: "bme280");
            using var files = new LinuxSensorFiles(new([sensor], FilesRoot: root), SensorModelFiles.Load, _ => { }, new VirtualTime(A.MondayNine));
            var model = SensorModelFiles.Load("linux-iio-th").Files!;

            Assert.Equal("board: Temperature 22.41, RelativeHumidity 46.3", HeardText.Of(files.Read("board", "bme280", model)));
            Assert.Contains("no device named sht31 below bus/iio/devices", HeardText.Of(files.Read("board", "sht31", model)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>A line in virtual time with sensors that hold registers.</summary>
    private sealed class RegisterLine(ModbusSensorTalk talk, Func<byte, ushort[]?> registersOf)
    {
        public string Reopened { get; private set; } = string.Empty;

        public List<SensorReport> Run(TimeSpan length)
        {
            var reports = new List<SensorReport>();
            talk.LineUp(TimeSpan.Zero);
            for (var now = TimeSpan.Zero; now < length && Reopened.Length == 0; now += TimeSpan.FromMilliseconds(10))
            {
                var step = talk.Next(now, A.MondayNine + now);
                Reopened = step.Reopen ?? Reopened;
                if (!step.Bytes.IsEmpty && registersOf(step.Bytes.Span[0]) is { } registers)
                {
                    var request = (ReadRegisters)ModbusRequest.Parse(step.Bytes.Span[1..^2], out _)!;
                    ModbusAnswer answer = registers.Length == 0
                        ? new ExceptionAnswer(ModbusError.IllegalDataAddress)
                        : new RegistersAnswer([.. registers.Skip(request.Address).Take(request.Count)]);
                    talk.Receive(RtuFrame.Of(step.Bytes.Span[0], answer.ToPdu((byte)request.Function)), now + TimeSpan.FromMilliseconds(5));
                }

                while (talk.TryTake(out var report))
                {
                    reports.Add(report);
                }
            }

            return reports;
        }
    }
}
