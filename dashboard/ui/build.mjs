// Bundles the pages' scripts and style sheets into the project's wwwroot, from where the program embeds them.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

const out = "../RoomGuard.Dashboard/wwwroot";
const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning" };
const script = { ...shared, format: "esm", target: "es2022" };
const style = { ...shared, target: "chrome123", external: ["*.svg"] };

// What is not ours carries its licence along.
const uPlot = `/*! uPlot\n${await readFile("node_modules/uplot/LICENSE", "utf8")}*/`;

await build({ ...script, entryPoints: ["src/site.ts"], outfile: `${out}/js/site.js` });
// Not every browser takes a module for a service worker.
await build({ ...script, format: "iife", entryPoints: ["src/counting.ts"], outfile: `${out}/js/counting.js` });
await build({ ...script, entryPoints: ["src/chart.ts"], outfile: `${out}/js/chart.js`, banner: { js: uPlot } });
for (const name of ["site", "chart", "wallboard"]) {
  await build({ ...style, entryPoints: [`css/${name}.css`], outfile: `${out}/css/${name}.css` });
}
