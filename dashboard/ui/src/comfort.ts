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

/** Closes the open group of the menu by Escape, by a click elsewhere, and when the focus has gone on. */
export class RgMenu extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.close()?.querySelector("summary")?.focus();
      }
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) {
        this.close();
      }
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !this.contains(event.target)) {
        this.close();
      }
    });
  }

  private close(): HTMLDetailsElement | null {
    const open = this.querySelector<HTMLDetailsElement>("details[open]");
    open?.removeAttribute("open");
    return open;
  }
}
