import { describeProcess } from "./describe-process.ts";

// No more rights than it needs: the network.
const rights = ["--allow-net=127.0.0.1,localhost", "--allow-env"];
describeProcess("Deno", ["deno", "run", "--node-modules-dir=manual", "--no-lock", "--quiet", ...rights]);
