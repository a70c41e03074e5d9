// Prints what a page loads for the SDK, and fails where that is more than it may be: `pnpm check:size`, after a build, since
// what stands in dist is measured. The bench has the same sizes and limits.
import { sizeGates } from "../packages/bench/src/browser-size/size-gates.ts";
import { table } from "../packages/bench/src/harness/table.ts";

const gates = await sizeGates();
const rows = gates.map(({ name, sizeBytes, mostBytes }) => [
  name,
  grouped(sizeBytes),
  grouped(mostBytes),
  sizeBytes > mostBytes ? `${grouped(sizeBytes - mostBytes)} too many` : "",
]);
const printed = table(["in a browser", "bytes", "at most", ""], rows);
process.stdout.write(`Bytes of gzip -9; ESM of esbuild, minified and split.\n\n${printed}`);
if (gates.some(({ sizeBytes, mostBytes }) => sizeBytes > mostBytes)) process.exitCode = 1;

function grouped(bytes: number): string {
  return bytes.toLocaleString("en");
}
