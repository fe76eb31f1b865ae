import { live } from "./live.js";

/** The server's clock, in the site's time zone, ticking by the server's beats and not by this machine's clock. */
export class RgClock extends HTMLElement {
  private ahead = 0;
  private tick = 0;
  private stop: (() => void) | null = null;

  connectedCallback(): void {
    const shown = new Intl.DateTimeFormat("en-GB", {
      timeZone: this.getAttribute("zone") ?? "UTC",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    this.ahead = Number(this.getAttribute("now")) - Date.now();
    this.stop = live.listen((word) => {
      if (word.kind === "beat") {
        this.ahead = word.time - Date.now();
      }
    });
    this.tick = window.setInterval(() => (this.textContent = shown.format(Date.now() + this.ahead)), 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.tick);
    this.stop?.();
  }
}
