import uPlot from "uplot";

/** A line with its columns; null where nothing was read. Times are Unix seconds. */
interface Line {
  quantity: string;
  at: number[];
  mean: (number | null)[];
  least: (number | null)[] | null;
  most: (number | null)[] | null;
  gaps: [number, number][];
  /** What was wrong with this line alone; null: see the answer. */
  outages: [number, number][] | null;
}

interface Answer {
  from: number;
  until: number;
  lines: Line[];
  outages: [number, number][];
}

interface Ink {
  line: string;
  band: string;
  text: string;
  grid: string;
  outage: string;
  gap: string;
  warn: string;
  crit: string;
  font: string;
}

/** A limit across a chart, with how bad it is to be beyond. */
interface Limit {
  at: number;
  tone: "warn" | "crit";
}

const height = 190;
const narrowest = 100;
const widest = 4000;
const day = 86_400;

/** Asks once for the values of all charts inside it, as fine as they are wide, and draws them. */
export class RgTrends extends HTMLElement {
  private answer: Answer | null = null;
  private charts: Chart[] = [];
  private resizing: ResizeObserver | null = null;
  private readonly dark = window.matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = (): void => this.draw();

  connectedCallback(): void {
    this.dark.addEventListener("change", this.redraw);
    void this.load();
  }

  disconnectedCallback(): void {
    this.dark.removeEventListener("change", this.redraw);
    this.resizing?.disconnect();
    this.charts.forEach((chart) => chart.destroy());
    this.charts = [];
  }

  private async load(): Promise<void> {
    const first = this.querySelector<HTMLElement>("rg-chart");
    if (!first) {
      return;
    }

    const width = Math.min(widest, Math.max(narrowest, Math.round(first.clientWidth)));
    try {
      const answer = await fetch(`${this.getAttribute("src") ?? ""}&width=${width}`, { headers: { "X-Fragment": "1" } });
      if (answer.status === 401) {
        // Signed out meanwhile: the page itself leads to the sign-in page and back.
        location.reload();
        return;
      }

      if (!answer.ok) {
        throw new Error(`${answer.status}`);
      }

      this.answer = (await answer.json()) as Answer;
      this.draw();
      this.resizing = new ResizeObserver(() => this.charts.forEach((chart) => chart.fit()));
      this.resizing.observe(first);
    } catch {
      const failed = this.querySelector<HTMLElement>("[data-failed]");
      if (failed) {
        failed.hidden = false;
      }
    }
  }

  private draw(): void {
    const answer = this.answer;
    if (!answer) {
      return;
    }

    this.charts.forEach((chart) => chart.destroy());
    const ink = inkOf(this);
    const zone = this.getAttribute("zone") ?? "UTC";
    this.charts = [...this.querySelectorAll<HTMLElement>("rg-chart")].flatMap((place) => {
      const line = answer.lines.find((one) => one.quantity === place.dataset["quantity"]);
      return line ? [new Chart(place, line, answer, ink, zone)] : [];
    });
    this.dataset["drawn"] = String(this.charts.length);
  }
}

/** One chart: a line with its band, stretches without readings hatched, outages shaded, read by mouse or keyboard. */
class Chart {
  private readonly plot: uPlot;
  private readonly slider = document.createElement("div");
  private readonly read = document.createElement("p");
  private readonly clock: Intl.DateTimeFormat;
  private readonly limits: Limit[];
  private at: number;
  private moving = false;

  constructor(
    private readonly place: HTMLElement,
    private readonly line: Line,
    private readonly answer: Answer,
    private readonly ink: Ink,
    private readonly zone: string,
  ) {
    this.clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    this.at = line.at.length - 1;
    this.limits = (place.dataset["limits"] ?? "").split(" ").flatMap((limit) => {
      const [at, tone] = limit.split(":");
      return at && (tone === "warn" || tone === "crit") ? [{ at: Number(at), tone }] : [];
    });
    this.slider.className = "trend-plot";
    this.slider.tabIndex = 0;
    this.slider.setAttribute("role", "slider");
    this.slider.setAttribute("aria-label", place.dataset["label"] ?? "");
    this.slider.setAttribute("aria-valuemin", "0");
    this.slider.setAttribute("aria-valuemax", String(line.at.length - 1));
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.read.className = "trend-read";
    this.read.setAttribute("aria-hidden", "true");
    place.replaceChildren(this.slider, this.read);
    this.plot = new uPlot(this.options(), this.data(), this.slider);
    this.tell();
  }

  fit(): void {
    const width = this.place.clientWidth;
    if (width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height });
    }
  }

  destroy(): void {
    this.plot.destroy();
    this.place.replaceChildren();
  }

  private data(): uPlot.AlignedData {
    const scale = Number(this.place.dataset["scale"] ?? "1");
    const scaled = (values: (number | null)[]): (number | null)[] => values.map((value) => (value === null ? null : value / scale));
    const { at, mean, least, most } = this.line;
    return least && most ? [at, scaled(most), scaled(least), scaled(mean)] : [at, scaled(mean)];
  }

  private get outages(): [number, number][] {
    return this.line.outages ?? this.answer.outages;
  }

  private options(): uPlot.Options {
    const { ink, line, answer } = this;
    const edge = { stroke: "transparent", width: 0, points: { show: false } };
    const axis = { stroke: ink.text, font: ink.font, grid: { stroke: ink.grid, width: 1 }, ticks: { stroke: ink.grid, width: 1 } };
    return {
      width: this.place.clientWidth,
      height,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), this.zone),
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, sync: { key: "trends" }, points: { size: 8 } },
      scales: { x: { time: true, range: [answer.from, answer.until] }, y: { range: (_, low, high) => this.range(low, high) } },
      axes: [
        { ...axis, values: (_, splits, _axis, _space, step) => splits.map((at) => this.label(at, step)) },
        { ...axis, size: 56, values: (_, splits) => splits.map((value) => `${Number(value.toPrecision(6))}${this.place.dataset["unit"] ?? ""}`) },
      ],
      series: [
        {},
        // The band lies under the line, so it comes first.
        ...(line.least ? [edge, edge] : []),
        // A single reading between two gaps is a point: a line of no length is not seen.
        { stroke: ink.line, width: 2, spanGaps: false, points: { show: line.at.length < 40, size: 5, fill: ink.line } },
      ],
      bands: line.least ? [{ series: [1, 2], fill: ink.band }] : [],
      hooks: {
        drawClear: [(plot) => this.spans(plot)],
        draw: [(plot) => this.edges(plot)],
        setCursor: [
          (plot) => {
            if (!this.moving && typeof plot.cursor.idx === "number" && plot.cursor.idx !== this.at) {
              this.at = plot.cursor.idx;
              this.tell();
            }
          },
        ],
      },
    };
  }

  private range(low: number | null, high: number | null): [number, number] {
    const { least, most } = this.place.dataset;
    // How far a line is from being worth a warning is half of what people look for.
    const warnings = this.limits.filter((limit) => limit.tone === "warn").map((limit) => limit.at);
    const from = Math.min(...warnings, least === undefined ? (low ?? 0) : Math.min(Number(least), low ?? 0));
    const until = Math.max(...warnings, most === undefined ? (high ?? 1) : Math.max(Number(most), high ?? 1));
    const room = Math.max((until - from) * 0.1, 0.5);
    // A line along a fixed edge is drawn whole.
    return [least === undefined ? from - room : from, most === undefined ? until + room : until + room / 3];
  }

  private label(at: number, step: number): string {
    const [date = "", time = ""] = this.clock.format(at * 1000).split(" ");
    if (step >= 28 * day) {
      return date.slice(0, 7);
    }

    return step >= day || time === "00:00:00" ? date.slice(5) : time.slice(0, step < 60 ? 8 : 5);
  }

  // Under the line: outages as a shade with edges, stretches without readings hatched, so that neither hangs on colour.
  private spans(plot: uPlot): void {
    const pen = plot.ctx;
    const { left, top, width, height: tall } = plot.bbox;
    const each = (spans: [number, number][], draw: (x: number, wide: number) => void): void => {
      for (const [from, until] of spans) {
        const x = Math.max(left, plot.valToPos(from, "x", true));
        const end = Math.min(left + width, plot.valToPos(until, "x", true));
        if (end > left && x < left + width) {
          draw(x, Math.max(end - x, 2));
        }
      }
    };
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, tall);
    pen.clip();
    each(this.line.gaps, (x, wide) => {
      pen.save();
      pen.beginPath();
      pen.rect(x, top, wide, tall);
      pen.clip();
      pen.strokeStyle = this.ink.gap;
      pen.lineWidth = 1;
      pen.beginPath();
      for (let start = x - tall; start < x + wide; start += 9) {
        pen.moveTo(start, top + tall);
        pen.lineTo(start + tall, top);
      }

      pen.stroke();
      pen.restore();
    });
    each(this.outages, (x, wide) => {
      pen.globalAlpha = 0.22;
      pen.fillStyle = this.ink.outage;
      pen.fillRect(x, top, wide, tall);
      pen.globalAlpha = 1;
      pen.fillRect(x, top, wide, 4);
    });
    pen.restore();
  }

  // Limits as lines with their names: dashed for a warning, whole for an alarm, so that neither hangs on colour.
  private edges(plot: uPlot): void {
    const pen = plot.ctx;
    const { left, top, width, height: tall } = plot.bbox;
    pen.save();
    pen.font = this.ink.font.replace("13px", `${Math.round(13 * window.devicePixelRatio)}px`);
    pen.textAlign = "right";
    pen.textBaseline = "bottom";
    for (const { at, tone } of this.limits) {
      const y = plot.valToPos(at, "y", true);
      if (y >= top && y <= top + tall) {
        pen.strokeStyle = pen.fillStyle = this.ink[tone];
        pen.lineWidth = 2;
        pen.setLineDash(tone === "warn" ? [8, 5] : []);
        pen.beginPath();
        pen.moveTo(left, y);
        pen.lineTo(left + width, y);
        pen.stroke();
        pen.fillText(`${this.place.dataset[tone] ?? ""} ${at}`, left + width - 4, y - 4);
      }
    }

    pen.restore();
  }

  private key(event: KeyboardEvent): void {
    const last = this.line.at.length - 1;
    const page = Math.max(1, Math.round(last / 10));
    const moved: Record<string, number> = {
      ArrowLeft: this.at - 1,
      ArrowDown: this.at - 1,
      ArrowRight: this.at + 1,
      ArrowUp: this.at + 1,
      PageDown: this.at - page,
      PageUp: this.at + page,
      Home: 0,
      End: last,
    };
    const wanted = moved[event.key];
    if (wanted === undefined) {
      return;
    }

    event.preventDefault();
    this.at = Math.min(last, Math.max(0, wanted));
    const value = this.value();
    // Points may stand closer than pixels: the line goes to the pixel, the words to the point.
    this.moving = true;
    this.plot.setCursor({
      left: this.plot.valToPos(this.line.at[this.at] ?? this.answer.until, "x"),
      top: value === null ? 0 : this.plot.valToPos(value, "y"),
    });
    this.moving = false;
    this.tell();
  }

  // In the unit the chart is drawn in; null: nothing was read there.
  private value(): number | null {
    return this.plot.data.at(-1)?.[this.at] ?? null;
  }

  private tell(): void {
    const at = this.line.at[this.at] ?? this.answer.until;
    const value = this.value();
    const { unit = "", none = "", outage = "" } = this.place.dataset;
    const said = value === null ? none : `${Math.round(value * 10) / 10} ${unit}`;
    const out = this.outages.some(([from, until]) => at >= from && at <= until) ? ` ${outage}` : "";
    const text = `${this.clock.format(at * 1000)}  ${said}${out}`;
    this.slider.setAttribute("aria-valuenow", String(this.at));
    this.slider.setAttribute("aria-valuetext", text);
    this.read.textContent = text;
  }
}

// What colours the page has at this moment: a property that holds light-dark() says so only where it is used.
function inkOf(within: HTMLElement): Ink {
  const probe = document.createElement("span");
  within.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = {
    line: colour("--rg-accent"),
    band: colour("--rg-accent-soft"),
    text: colour("--rg-text"),
    grid: colour("--rg-line"),
    outage: colour("--rg-high"),
    gap: colour("--rg-edge"),
    warn: colour("--rg-warn"),
    crit: colour("--rg-crit"),
    font: `13px ${getComputedStyle(within).fontFamily}`,
  };
  probe.remove();
  return ink;
}
