// When the first delta of a chat comes through the gateway and through the reference, wave by wave in turn: what slows the
// machine down for a moment slows both.
import { spreadOf } from "../../harness/statistics.ts";
import { readTask, report } from "../task.ts";
import { Chats } from "./chats.ts";
import { startGateway, startReference } from "./server-process.ts";

const task = readTask();
await using gateway = await startGateway(task);
await using reference = await startReference(task);
const through = { gateway: new Chats(task, gateway.url), reference: new Chats(task, reference.url) };
type Through = keyof typeof through;

/** @returns the median of a wave */
async function firstDeltaMs(name: Through): Promise<number> {
  const times: number[] = [];
  const [failure] = await through[name].wave((afterMs) => times.push(afterMs));
  if (failure !== undefined) throw new Error(`${name}: ${failure}`);
  return spreadOf(times).median;
}

const medians: Record<Through, number[]> = { gateway: [], reference: [] };
for (let number = 0; number < task.warmups + task.passes; number++) {
  const order: Through[] = number % 2 === 0 ? ["reference", "gateway"] : ["gateway", "reference"];
  for (const name of order) {
    const median = await firstDeltaMs(name);
    if (number >= task.warmups) medians[name].push(median);
  }
}
report({
  gatewayMs: spreadOf(medians.gateway).median,
  referenceMs: spreadOf(medians.reference).median,
  laterMs: spreadOf(medians.gateway.map((ms, pass) => ms - (medians.reference[pass] ?? Number.NaN))).median,
});
process.exit(0);
