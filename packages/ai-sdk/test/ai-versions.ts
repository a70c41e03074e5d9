import * as ai7 from "ai";
import * as ai6 from "ai6";
import type { AiOf } from "./scenarios/run-scenario.ts";

export const aiOf: AiOf = (face) => (face === "ai 6, v3" ? ai6 : ai7);
