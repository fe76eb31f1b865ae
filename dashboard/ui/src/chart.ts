// Loaded only by pages with charts. It draws what the server measured and holds no words.
import { RgTrends } from "./trends.js";

customElements.define("rg-trends", RgTrends);
