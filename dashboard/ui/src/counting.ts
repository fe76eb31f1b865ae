// The service worker of stocktaking: a phone that loses its network in a server room can be reloaded there and goes on counting.
// It keeps the counting page of a round and what that page loads, nothing else, and gives the kept page out only when the office does not answer.

/** What a page asks for. */
interface Order {
  /** The counting page to keep, as of now. */
  keep?: string;
  /** What it loads: scripts, style sheets, the symbol. */
  parts?: string[];
}

// TypeScript's DOM library has the page's side only.
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const shelf = "rg-count";
// A working day: what is older says too little about what stands there.
const longest = 12 * 3_600_000;
const mostPages = 4;
const patience = 5_000;

self.addEventListener("install", () => void (self as unknown as { skipWaiting(): Promise<void> }).skipWaiting());
self.addEventListener("message", (event) => {
  const order = (event as MessageEvent<Order>).data;
  if (order.keep !== undefined) {
    (event as unknown as Lasting).waitUntil(keep(order.keep, order.parts ?? []));
  }
});
self.addEventListener("fetch", (event) => {
  const asked = event as Asked;
  const path = new URL(asked.request.url).pathname;
  if (asked.request.method !== "GET") {
    return;
  }

  if (asked.request.mode === "navigate" && /^\/stocktakes\/[^/]+\/count$/.test(path)) {
    asked.respondWith(page(asked.request));
  } else if (path.startsWith("/assets/")) {
    // Their names carry a digest: what was kept is what would be sent.
    asked.respondWith(kept(asked.request.url).then((found) => found ?? fetch(asked.request)));
  }
});

async function page(request: Request): Promise<Response> {
  const found = await kept(nameOf(request.url));
  if (!found) {
    return fetch(request);
  }

  // A weak signal hangs rather than fails.
  const answer = fetch(request);
  const late = new Promise<null>((done) => setTimeout(() => done(null), patience));
  try {
    return (await Promise.race([answer, late])) ?? found;
  } catch {
    return found;
  }
}

async function keep(address: string, parts: string[]): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) {
    return;
  }

  // The page says by itself that it is a kept one, and since when.
  const now = Date.now();
  const text = (await answer.text()).replace("<rg-count ", `<rg-count kept="${now}" `);
  const cache = await caches.open(shelf);
  const held = (await cache.keys()).map((each) => each.url);
  await Promise.all(parts.filter((part) => !held.includes(part)).map((part) => cache.add(part)));
  await cache.put(nameOf(address), new Response(text, { headers: { "content-type": "text/html; charset=utf-8", "x-kept": String(now) } }));
  const pages = held.filter((url) => url.endsWith("/count") && url !== nameOf(address));
  const gone = held.filter((url) => url.includes("/assets/") && !parts.includes(url));
  await Promise.all([...pages.slice(0, Math.max(0, pages.length + 1 - mostPages)), ...gone].map((url) => cache.delete(url)));
}

async function kept(address: string): Promise<Response | undefined> {
  const cache = await caches.open(shelf);
  const found = await cache.match(address);
  const since = Number(found?.headers.get("x-kept") ?? Date.now());
  if (found && Date.now() - since > longest) {
    await cache.delete(address);
    return undefined;
  }

  return found;
}

// Without what was typed last and the like.
function nameOf(address: string): string {
  const url = new URL(address);
  return url.origin + url.pathname;
}

export {};
