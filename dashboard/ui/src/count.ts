import { live } from "./live.js";

/** A code that was read and that the office has not answered yet. */
interface Read {
  id: string;
  at: string;
  code: string;
}

const again = 5_000;
const together = 100;
const keepAfter = 3_000;
const longestCode = 40;
const mostLogged = 20;

/**
 * Stocktaking on a phone: takes code after code from one field, reads each back from the list on the page, and keeps it on the device until the office has
 * answered it. Each code has an id of its own, so that one that is sent twice is counted once. What is kept belongs to one round and one counter:
 * nobody sends what another one read.
 */
export class RgCount extends HTMLElement {
  private mine = "";
  private planned = 0;
  private keeping = 0;
  private sending = false;
  // Only what the device would not keep.
  private unkept: Read[] = [];
  private readonly wake = (): void => this.plan(0);

  connectedCallback(): void {
    const form = this.querySelector("form");
    const field = form?.querySelector<HTMLInputElement>("input[name=code]");
    if (!form || !field) {
      return;
    }

    this.mine = `rg-count/${this.getAttribute("round") ?? ""}/${this.getAttribute("counter") ?? ""}/`;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.read(field.value);
      field.value = "";
      field.focus();
    });
    this.querySelector("[data-discard]")?.addEventListener("click", () => this.discard());
    window.addEventListener("online", this.wake);
    for (const read of this.waiting()) {
      this.mark(read.code, "waiting");
    }

    this.sum();
    this.plan(0);
    this.outlast();
    field.focus();
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.planned);
    window.clearTimeout(this.keeping);
    window.removeEventListener("online", this.wake);
  }

  /** Has this page kept on the device, so that a reload without a network finds it; a kept one says so. */
  private outlast(): void {
    const kept = Number(this.getAttribute("kept"));
    if (kept > 0) {
      const since = this.querySelector("[data-since]");
      if (since) {
        since.textContent = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(kept);
      }

      this.show("kept", true);
      // The time, the alarms and the numbers of the menu were true when it was kept; nobody takes them for those of now.
      document.querySelectorAll(".clock-box, .menu-count").forEach((old) => old.remove());
      document.querySelector('rg-fresh[src="/fragments/alarm-banner"]')?.replaceChildren();
    }

    const worker = this.getAttribute("worker");
    if (worker !== null && "serviceWorker" in navigator) {
      // Where the browser keeps nothing, counting goes on while the page stays open, as before.
      navigator.serviceWorker.register(worker, { scope: "/stocktakes/" }).then(() => this.keepPage(), () => undefined);
    }
  }

  private keepPage(): void {
    const parts = [...document.querySelectorAll<HTMLElement>("link[rel=stylesheet], link[rel=icon], script[src], img[src]")]
      .map((part) => (part as HTMLLinkElement).href || (part as HTMLScriptElement).src)
      .filter((url) => url.startsWith(location.origin));
    void navigator.serviceWorker.ready.then((ready) => ready.active?.postMessage({ keep: location.href, parts: [...new Set(parts)] }));
  }

  private read(typed: string): void {
    // A scanner set to another keyboard sends full-width signs; the office narrows them the same way.
    const code = typed.normalize("NFKC").trim().toUpperCase();
    if (code === "") {
      return;
    }

    if (code.length > longestCode || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(code)) {
      this.say(code.slice(0, longestCode), "", "", "unreadable", "high");
      return;
    }

    const row = this.row(code);
    const before = row ? row.dataset["state"] !== "none" : this.waiting().some((read) => read.code === code);
    this.say(
      code,
      row?.querySelector("[data-name]")?.textContent ?? "",
      row?.querySelector("[data-class]")?.textContent ?? "",
      row ? (before ? "again" : "listed") : "not-here",
      row ? (before ? "quiet" : "ok") : "high",
    );
    if (!before) {
      this.keep({ id: newId(), at: new Date().toISOString(), code });
      this.mark(code, "waiting");
      this.sum();
    }

    this.plan(together);
  }

  private keep(read: Read): void {
    try {
      localStorage.setItem(this.mine + read.id, JSON.stringify(read));
    } catch {
      this.unkept.push(read);
      this.show("unkept", true);
    }
  }

  private forget(id: string): void {
    this.unkept = this.unkept.filter((read) => read.id !== id);
    try {
      localStorage.removeItem(this.mine + id);
    } catch {
      // Nothing was kept there.
    }
  }

  private waiting(): Read[] {
    const found = [...this.unkept];
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const key = localStorage.key(at) ?? "";
        if (key.startsWith(this.mine)) {
          found.push(JSON.parse(localStorage.getItem(key) ?? "") as Read);
        }
      }
    } catch {
      // What cannot be read cannot be sent.
    }

    return found.sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));
  }

  private discard(): void {
    for (const read of this.waiting()) {
      this.forget(read.id);
      const row = this.row(read.code);
      if (row?.dataset["state"] === "waiting") {
        row.dataset["state"] = "none";
      }
    }

    this.show("refused", false);
    this.sum();
  }

  private plan(wait: number): void {
    window.clearTimeout(this.planned);
    this.planned = window.setTimeout(() => void this.send(), wait);
  }

  private async send(): Promise<void> {
    const form = this.querySelector("form");
    const reads = this.waiting().slice(0, 100);
    if (!form || reads.length === 0 || this.sending) {
      return;
    }

    this.sending = true;
    const body = new URLSearchParams();
    body.append("__RequestVerificationToken", form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")?.value ?? "");
    body.append("script", "1");
    for (const read of reads) {
      body.append("read", `${read.id}|${read.at}|${read.code}`);
    }

    try {
      const answer = await fetch(form.action, { method: "POST", body });
      this.show("offline", false);
      if (answer.status === 401) {
        this.show("signed-out", true);
        live.over();
      } else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const refused = !answer.ok || answer.redirected;
        this.show("refused", refused);
        const why = this.querySelector("[data-why]");
        if (why) {
          why.textContent = page.querySelector("[data-refused]")?.textContent?.trim() ?? "";
        }

        if (!refused) {
          this.taken(page);
          this.plan(together);
          if (this.hasAttribute("kept") && this.waiting().length === 0 && form.querySelector<HTMLInputElement>("input[name=code]")?.value === "") {
            location.reload();
          }

          window.clearTimeout(this.keeping);
          this.keeping = window.setTimeout(() => this.keepPage(), keepAfter);
        }
      }
    } catch {
      this.show("offline", true);
      this.plan(again);
    } finally {
      this.sending = false;
      this.sum();
    }
  }

  private taken(page: Document): void {
    const log = this.querySelector<HTMLElement>("[data-log]");
    const said = this.querySelector<HTMLElement>("[data-said]");
    for (const line of page.querySelectorAll<HTMLElement>("li[data-read]")) {
      const code = line.dataset["code"] ?? "";
      this.forget(line.dataset["read"] ?? "");
      this.mark(code, "counted");
      if (said?.dataset["code"] === code && line.dataset["tone"] === "high") {
        // The office knows where the register has it.
        said.replaceChildren(line.cloneNode(true));
      }

      log?.prepend(line);
      log?.toggleAttribute("hidden", false);
      while (log && log.children.length > mostLogged) {
        log.lastElementChild?.remove();
      }
    }
  }

  private say(code: string, name: string, importance: string, word: string, tone: string): void {
    const said = this.querySelector<HTMLElement>("[data-said]");
    if (!said) {
      return;
    }

    const line = document.createElement("p");
    line.dataset["tone"] = tone;
    const number = document.createElement("b");
    number.textContent = code;
    const sign = document.createElement("span");
    sign.className = "sym";
    sign.ariaHidden = "true";
    sign.textContent = tone === "high" ? "▲" : "○";
    const words = this.querySelector<HTMLTemplateElement>(`template[data-word="${word}"]`)?.content.textContent ?? "";
    line.append(sign, " ", number, ` ${name} ${importance} ${words}`);
    said.dataset["code"] = code;
    said.replaceChildren(line);
  }

  private row(code: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`li[data-tag="${CSS.escape(code)}"]`);
  }

  private mark(code: string, state: string): void {
    const row = this.row(code);
    if (row && row.dataset["state"] !== "counted") {
      row.dataset["state"] = state;
    }
  }

  private sum(): void {
    const waiting = this.waiting().length;
    const put = (name: string, value: number): void => {
      const place = this.querySelector(`[data-sum="${name}"]`);
      if (place) {
        place.textContent = String(value);
      }
    };
    put("counted", this.querySelectorAll('li[data-state="counted"]').length);
    put("waiting", waiting);
    for (const part of this.querySelectorAll<HTMLElement>("[data-if-waiting]")) {
      part.hidden = waiting === 0;
    }
  }

  private show(what: string, shown: boolean): void {
    const words = this.querySelector<HTMLElement>(`[data-when="${what}"]`);
    if (words) {
      words.hidden = !shown;
    }
  }
}

/** Forgets counting pages kept on this device; codes that were read and not sent stay. */
export function forgetKeptPages(): void {
  if ("caches" in window) {
    void caches.delete("rg-count").catch(() => undefined);
  }
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
