import { live } from "./live.js";

/** Something that counts by the server's clock. */
abstract class Counting extends HTMLElement {
  private ahead = 0;
  private tick = 0;
  private stop: (() => void) | null = null;

  connectedCallback(): void {
    this.ahead = Number(this.getAttribute("now")) - Date.now();
    this.stop = live.listen((word) => {
      if (word.kind === "beat") {
        this.ahead = word.time - Date.now();
      }
    });
    this.tick = window.setInterval(() => {
      const text = this.shown(Date.now() + this.ahead);
      if (text !== this.textContent) {
        this.textContent = text;
      }
    }, 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.tick);
    this.stop?.();
  }

  /** What stands there at a moment of the server's clock, in milliseconds. */
  protected abstract shown(now: number): string;
}

/** How old something is that came `since`; the words stand in the markup, with a place for the number. */
export class RgAge extends Counting {
  protected shown(now: number): string {
    const seconds = Math.max(0, Math.floor((now - Number(this.getAttribute("since"))) / 1000));
    const [words, number] =
      seconds < 60 ? ["seconds", seconds] : seconds < 3600 ? ["minutes", Math.floor(seconds / 60)] : ["hours", Math.floor(seconds / 3600)];
    return (this.getAttribute(String(words)) ?? "").replace("{0}", String(number));
  }
}

/** The time to `until`, as a clock shows it. */
export class RgCountdown extends Counting {
  protected shown(now: number): string {
    const left = Math.max(0, Math.floor((Number(this.getAttribute("until")) - now) / 1000));
    const two = (value: number): string => String(value).padStart(2, "0");
    const [hours, minutes] = [Math.floor(left / 3600), Math.floor(left / 60) % 60];
    return hours > 0 ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
  }
}
