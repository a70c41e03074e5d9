import { describeProcess } from "./describe-process.ts";

describeProcess("Bun", ["bun", "run"]);
