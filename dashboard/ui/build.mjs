// Bundles the pages' one script and one style sheet into the project's wwwroot, from where the program embeds them.
import { build } from "esbuild";

const out = "../RoomGuard.Dashboard/wwwroot";
const shared = { bundle: true, minify: true, legalComments: "none", logLevel: "warning" };

await build({ ...shared, entryPoints: ["src/site.ts"], outfile: `${out}/js/site.js`, format: "esm", target: "es2022" });
await build({ ...shared, entryPoints: ["css/site.css"], outfile: `${out}/css/site.css`, target: "chrome123", external: ["*.svg"] });
