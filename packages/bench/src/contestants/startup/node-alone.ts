import { reportProcess } from "./spawned.ts";

reportProcess("-e", "0");
