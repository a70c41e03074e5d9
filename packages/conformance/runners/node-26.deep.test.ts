import { describeProcess } from "./describe-process.ts";

describeProcess("Node 26", ["npx", "-y", "-p", "node@26.10.0", "node", "--disable-warning=ExperimentalWarning"]);
