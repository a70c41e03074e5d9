import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { GROUPS, isGroupName } from "./groups/groups.ts";
import { machineNow } from "./harness/machine.ts";
import type { GroupReport } from "./harness/measurement.ts";
import { render, renderVerdicts } from "./harness/render.ts";

const USAGE = `pnpm bench [group ...] [--rounds 5] [--quick] [--json file] [--against folder]
                      [--only words]
groups: ${Object.keys(GROUPS).join(", ")} (all of them when none is named)
--quick shows that everything works; its numbers mean nothing.
--generates, --jobs and --uploads say how much there is of each load, in place of 2000, 100000 and 1000.
--only says which scenarios of stream run: those whose name has these words, such as "large".
--against names another checkout that is built: startup measures its SDK beside ours.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    quick: { type: "boolean", default: false },
    json: { type: "string", default: "outputs/bench.json" },
    against: { type: "string" },
    only: { type: "string" },
    generates: { type: "string" },
    jobs: { type: "string" },
    uploads: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Below it there is no slope. */
const LEAST_LOAD = 20;

function sizeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const size = Number(text);
  if (Number.isInteger(size) && size >= LEAST_LOAD) return size;
  process.stderr.write(`A load is a whole number, ${LEAST_LOAD} at least, not ${text}.\n${USAGE}`);
  process.exit(2);
}

const against = values.against === undefined ? undefined : resolve(values.against);

const names = positionals.length === 0 ? Object.keys(GROUPS) : positionals;
const unknown = names.filter((name) => !isGroupName(name));
if (values.help || unknown.length > 0) {
  process.stdout.write(USAGE);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const loads = {
  generates: sizeOf(values.generates),
  jobs: sizeOf(values.jobs),
  uploads: sizeOf(values.uploads),
};
const { quick: isQuick, only } = values;
const settings = { rounds: isQuick ? 1 : Number(values.rounds), isQuick, loads, against, only, say };
const machine = await machineNow();
const reports: GroupReport[] = [];
for (const name of names.filter(isGroupName)) {
  const report = await GROUPS[name](settings);
  reports.push(report);
  process.stdout.write(`${render(report)}\n`);
}
machine.loadAfter = loadavg()[0] ?? Number.NaN;
const caution = values.quick ? " (a quick run: its numbers mean nothing)" : "";
process.stdout.write(
  `\n# Gates and aims${caution}\n\n${renderVerdicts(reports.flatMap(({ verdicts }) => verdicts))}\n`,
);
process.stdout.write(`${JSON.stringify(machine)}\n`);
if ((await machineNow()).coreDigest !== machine.coreDigest) say("CAUTION: core was built anew during this run.");

const target = resolve(values.json);
await mkdir(dirname(target), { recursive: true });
await writeFile(target, `${JSON.stringify({ ...settings, machine, reports }, undefined, 2)}\n`);
say(`written to ${target}`);
