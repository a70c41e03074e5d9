// Kills an emulator ten times in the middle of 2,000 inserts and counts. Needs a build.
import { fileURLToPath } from "node:url";
import { killRounds } from "../src/testing/kill-rounds.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const number = (value: string | undefined, otherwise: number): number =>
  value === undefined ? otherwise : Number(value);
const rounds = number(process.argv[2], 10);
const inserts = number(process.argv[3], 2000);

let done = 0;
const results = await killRounds({
  cli,
  rounds,
  inserts,
  width: 8,
  onRound({ acknowledged, lost, unanswered, restartMs }) {
    done += 1;
    const start = `started again in ${Math.round(restartMs)} ms`;
    console.log(
      `${done}: killed after ${acknowledged} acknowledged rows, ${lost} lost, ${unanswered} unanswered, ${start}`,
    );
  },
});
const lost = results.reduce((sum, round) => sum + round.lost, 0);
const acknowledged = results.reduce((sum, round) => sum + round.acknowledged, 0);
console.log(`${rounds} kills, ${acknowledged} acknowledged rows, ${lost} lost, 0 failed starts`);
process.exitCode = lost === 0 ? 0 : 1;
