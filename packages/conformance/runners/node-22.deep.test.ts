import { describeProcess } from "./describe-process.ts";

describeProcess("Node 22", ["npx", "-y", "-p", "node@22.23.3", "node", "--disable-warning=ExperimentalWarning"]);
