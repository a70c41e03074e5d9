import { fileURLToPath } from "node:url";
import { reportProcess } from "./spawned.ts";

reportProcess(fileURLToPath(new URL("../../../../cli/dist/main.js", import.meta.url)), "--version");
