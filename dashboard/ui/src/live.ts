// One event stream for the whole browser. Plain HTTP/1.1 allows six connections to a host, so tabs share: the one that
// holds the lock opens the stream and passes everything on over a broadcast channel.

/** A word from the server: its time with every beat, a topic with every piece of news. */
export type LiveWord =
  | { kind: "beat"; time: number; shown: string }
  | { kind: "news"; topic: string }
  | { kind: "over" };

type Listener = (word: LiveWord) => void;

const hiddenFor = 5 * 60_000;
const longestWait = 30_000;

// A screen on a wall never leaves its page: it says that its session is over, and goes on when somebody signs in again.
function stays(): boolean {
  return document.documentElement.hasAttribute("data-stays");
}

class LiveStream {
  private readonly listeners = new Set<Listener>();
  private readonly channel = "BroadcastChannel" in window ? new BroadcastChannel("roomguard-live") : null;
  private source: EventSource | null = null;
  private lastId = "";
  private failures = 0;
  private retry = 0;
  private letGo: (() => void) | null = null;
  private waiting: AbortController | null = null;
  private hiding = 0;

  constructor() {
    this.channel?.addEventListener("message", (message: MessageEvent<{ word: LiveWord; id: string }>) => {
      this.lastId = message.data.id || this.lastId;
      this.hear(message.data.word);
    });
    document.addEventListener("visibilitychange", () => this.visibilityChanged());
    // A page that is left must give the stream to another tab at once, also when the browser keeps it for "back".
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        this.join();
        this.hear({ kind: "news", topic: "Resync" });
      }
    });
    this.join();
  }

  /** The session is over: the page asks for itself anew and is led to sign in, or says so where it stays. */
  over(): void {
    if (stays() && this.source) {
      // A stream from before would go on beating.
      this.source.close();
      this.openLater();
    }

    this.hear({ kind: "over" });
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private visibilityChanged(): void {
    window.clearTimeout(this.hiding);
    if (document.hidden && !stays()) {
      this.hiding = window.setTimeout(() => this.leave(), hiddenFor);
    } else if (!this.waiting && !this.source) {
      this.join();
      this.hear({ kind: "news", topic: "Resync" });
    }
  }

  private join(): void {
    // Pages before sign-in have nothing live on them.
    if (this.waiting || this.source || !document.querySelector("rg-link-state")) {
      return;
    }

    if (!this.channel || !navigator.locks) {
      this.open();
      return;
    }

    const waiting = new AbortController();
    this.waiting = waiting;
    navigator.locks
      .request("roomguard-live", { signal: waiting.signal }, () => {
        this.open();
        return new Promise<void>((resolve) => (this.letGo = resolve));
      })
      .catch(() => undefined);
  }

  private leave(): void {
    window.clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
    this.letGo?.();
    this.letGo = null;
    this.waiting?.abort();
    this.waiting = null;
  }

  private open(): void {
    window.clearTimeout(this.retry);
    this.source?.close();
    const source = new EventSource(this.lastId ? `/live?after=${encodeURIComponent(this.lastId)}` : "/live");
    this.source = source;
    source.addEventListener("beat", (event) => {
      this.failures = 0;
      const [time, shown] = (event as MessageEvent<string>).data.split(" ");
      this.pass({ kind: "beat", time: Number(time), shown: shown ?? "" });
    });
    source.addEventListener("news", (event) => {
      const message = event as MessageEvent<string>;
      this.lastId = message.lastEventId || this.lastId;
      this.pass({ kind: "news", topic: message.data });
    });
    source.addEventListener("error", () => {
      // The browser retries a broken connection by itself, but gives up for good on an HTTP error.
      if (source.readyState === EventSource.CLOSED && this.source === source) {
        this.openLater();
        void this.leaveWhenSignedOut();
      }
    });
  }

  private openLater(): void {
    const wait = Math.min(longestWait, 1000 * 2 ** this.failures) * (0.75 + Math.random() / 2);
    this.failures += 1;
    window.clearTimeout(this.retry);
    this.retry = window.setTimeout(() => this.open(), wait);
  }

  // What a session showed must not stay on the screen when it is over: every tab asks for its page anew and is led to sign in.
  private async leaveWhenSignedOut(): Promise<void> {
    const asking = new AbortController();
    try {
      const answer = await fetch("/live", { headers: { Accept: "text/event-stream" }, signal: asking.signal });
      if (answer.status === 401) {
        this.pass({ kind: "over" });
      }
    } catch {
      // The service is away: the stale bar says so.
    } finally {
      asking.abort();
    }
  }

  private pass(word: LiveWord): void {
    this.channel?.postMessage({ word, id: this.lastId });
    this.hear(word);
  }

  private hear(word: LiveWord): void {
    if (word.kind === "over" && !stays()) {
      location.reload();
      return;
    }

    for (const listener of this.listeners) {
      listener(word);
    }
  }
}

export const live = new LiveStream();
