/** A button that prints the page; hidden by style where scripts do not run. */
export class RgPrint extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}

/** Warns before typed words are lost by leaving a form, and keeps a form from being sent twice. */
export class RgDirty extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    let changed = false;
    let sent = false;
    form?.addEventListener("input", () => (changed = true));
    form?.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
      }

      sent = true;
      changed = false;
    });
    window.addEventListener("pageshow", () => (sent = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed) {
        event.preventDefault();
      }
    });
  }
}
