import { live } from "./live.js";
import { morph } from "./morph.js";

// The first news of a quiet time is fetched at once; what follows close behind it is fetched together.
const atOnce = 20;
const together = 250;
const quiet = 1_000;
const anyway = 30_000;

/**
 * Keeps its content fresh: fetches `src` when news of one of its `topics` comes, now and then for the sake of ages, and, while something in it says
 * that it is running, `every` so many milliseconds.
 * What is inside is changed in place, so that focus, selection and scroll stay where they are.
 */
export class RgFresh extends HTMLElement {
  private stop: (() => void) | null = null;
  private planned = 0;
  private fetching: AbortController | null = null;
  private again = false;
  private fetchedAt = performance.now();
  private heard = false;

  connectedCallback(): void {
    const topics = new Set((this.getAttribute("topics") ?? "").split(" "));
    this.stop = live.listen((word) => {
      if (word.kind === "news" && (word.topic === "Resync" || topics.has(word.topic))) {
        this.plan(performance.now() - this.fetchedAt > quiet ? atOnce : together);
      } else if (word.kind === "beat" && (!this.heard || performance.now() - this.fetchedAt > anyway)) {
        // The first beat: something may have happened between the page and its stream.
        this.heard = true;
        this.plan(together);
      } else if (word.kind === "over") {
        // Where the page stays: the first beat of the next session brings everything anew.
        this.heard = false;
      }
    });
    this.goOn();
  }

  disconnectedCallback(): void {
    this.stop?.();
    window.clearTimeout(this.planned);
    this.fetching?.abort();
  }

  private goOn(): void {
    const every = Number(this.getAttribute("every"));
    if (every > 0 && this.querySelector("[data-running]")) {
      this.plan(every);
    }
  }

  private plan(wait: number): void {
    if (this.fetching) {
      this.again = true;
    } else if (!this.planned) {
      this.planned = window.setTimeout(() => void this.refresh(), wait);
    }
  }

  private async refresh(): Promise<void> {
    this.planned = 0;
    this.again = false;
    const fetching = new AbortController();
    this.fetching = fetching;
    try {
      const answer = await fetch(this.getAttribute("src") ?? "", { signal: fetching.signal, headers: { "X-Fragment": "1" } });
      if (answer.status === 401) {
        live.over();
      } else if (answer.ok) {
        morph(this, await answer.text());
        this.fetchedAt = performance.now();
      } else if (answer.status === 404) {
        // What ran here is no longer known: nothing to wait for.
        this.removeAttribute("every");
      }
    } catch {
      // Offline or leaving: the stale bar says so, and the next word tries again.
    } finally {
      this.fetching = null;
      if (this.again) {
        this.plan(together);
      } else {
        this.goOn();
      }
    }
  }
}
