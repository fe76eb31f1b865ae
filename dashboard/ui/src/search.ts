import { live } from "./live.js";
import { morph } from "./morph.js";

// Long enough for the next letter of somebody who types, short enough not to be noticed.
const pause = 150;

/**
 * Searches while somebody types: sends the form it wraps when the typing pauses, and shows what the page of the answer shows in the parts named by
 * `found`. What an input method still holds is no word yet. Without a script the form's own button does the same.
 */
export class RgSearch extends HTMLElement {
  private planned = 0;
  private fetching: AbortController | null = null;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (form) {
      form.addEventListener("input", (event) => {
        if (!(event instanceof InputEvent && event.isComposing)) {
          this.plan(form);
        }
      });
      form.addEventListener("compositionend", () => this.plan(form));
    }
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.planned);
    this.fetching?.abort();
  }

  private plan(form: HTMLFormElement): void {
    window.clearTimeout(this.planned);
    this.planned = window.setTimeout(() => void this.search(form), pause);
  }

  private async search(form: HTMLFormElement): Promise<void> {
    // Only the newest question counts.
    this.fetching?.abort();
    const fetching = new AbortController();
    this.fetching = fetching;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "") {
        query.append(name, value);
      }
    }

    const address = `${form.getAttribute("action") ?? ""}?${query.toString()}`;
    try {
      const answer = await fetch(address, { signal: fetching.signal });
      if (answer.status === 401) {
        live.over();
      } else if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const id of (this.getAttribute("found") ?? "").split(" ")) {
          const shown = document.getElementById(id);
          const found = page.getElementById(id);
          if (shown && found) {
            morph(shown, found.innerHTML);
          }
        }

        history.replaceState(null, "", address);
      }
    } catch {
      // Outrun by the next letter, or offline: the form's button still asks.
    }
  }
}
