// The one script of the pages. It adds live values and comfort to HTML that already makes sense; it holds no words.
import { RgClock } from "./clock.js";
import { RgFresh } from "./fresh.js";
import { RgDirty, RgMenu, RgPrint } from "./comfort.js";
import { forgetKeptPages, RgCount } from "./count.js";
import { RgLinkState } from "./link-state.js";
import { RgPasskey } from "./passkey.js";
import { RgSearch } from "./search.js";
import { RgAge, RgCountdown } from "./wall.js";

// Whoever is signed in has the link to the office on every page; who is not finds no counting page that somebody else kept here.
if (!document.querySelector("rg-link-state")) {
  forgetKeptPages();
}

customElements.define("rg-fresh", RgFresh);
customElements.define("rg-clock", RgClock);
customElements.define("rg-link-state", RgLinkState);
customElements.define("rg-print", RgPrint);
customElements.define("rg-dirty", RgDirty);
customElements.define("rg-menu", RgMenu);
customElements.define("rg-passkey", RgPasskey);
customElements.define("rg-search", RgSearch);
customElements.define("rg-age", RgAge);
customElements.define("rg-countdown", RgCountdown);
customElements.define("rg-count", RgCount);
