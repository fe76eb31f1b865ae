import { live } from "./live.js";

const staleAfter = 12_000;

/**
 * Says whether the page is live. The words stand in the markup; this sets data-live on the document to "live",
 * "waiting", "stopped" or, on a page that stays when its session is over, "over"; and the time of the last beat wherever a [data-last-beat] stands.
 */
export class RgLinkState extends HTMLElement {
  private last = performance.now();
  private shown = "";
  private watch = 0;
  private stop: (() => void) | null = null;

  connectedCallback(): void {
    this.set("waiting");
    this.stop = live.listen((word) => {
      if (word.kind === "beat") {
        this.last = performance.now();
        this.shown = word.shown;
        this.set("live");
      } else if (word.kind === "over") {
        this.set("over");
      }
    });
    this.watch = window.setInterval(() => this.look(), 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.watch);
    this.stop?.();
  }

  private look(): void {
    if (performance.now() - this.last > staleAfter && document.documentElement.dataset["live"] !== "over") {
      this.set("stopped");
    }
  }

  private set(state: "live" | "waiting" | "stopped" | "over"): void {
    const root = document.documentElement;
    if (root.dataset["live"] === state) {
      return;
    }

    root.dataset["live"] = state;
    const bar = document.getElementById("stale-bar");
    if (bar) {
      for (const place of bar.querySelectorAll("[data-last-beat]")) {
        place.textContent = this.shown || (bar.dataset["since"] ?? "");
      }

      bar.hidden = state !== "stopped";
    }

    const over = document.getElementById("signed-out");
    if (over) {
      over.hidden = state !== "over";
    }
  }
}
