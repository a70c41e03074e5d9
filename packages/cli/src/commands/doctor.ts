import { type Command, InvalidArgumentError } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

const DAY_S = 86_400;

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= DAY_S) return value;
  throw new InvalidArgumentError(`Seconds are a number above 0 and up to ${DAY_S}.`);
}

export function addDoctorCommand(program: Command, act: Act): void {
  addExamples(
    program
      .command("doctor")
      .description("whether the service is as this program expects it: network, session, endpoints, tables, events")
      .option("--report <file>", "write what was found as Markdown, for an issue")
      .option("--record <folder>", "keep each request and answer, redacted, as JSON")
      .option("--from <folder>", "look at a recording in place of the service")
      .option("--origin <origin>", "also whether pages of that origin may use the service")
      .option("--write", "also make and delete an empty conversation, and store a small file (it stays); costs nothing")
      .option("--spend", "also start one short text and one picture, which cost credits")
      .option("-y, --yes", "spend without asking")
      .option("--wait <seconds>", "how long event streams are watched", seconds, 12)
      .option("--timeout <seconds>", "how long a request may take", seconds, 10)
      .option("--job-limit <seconds>", "how long a job of --spend may take", seconds, 180),
    "flowith doctor",
    "flowith doctor --write --spend --report doctor.md",
    "flowith doctor --origin https://app.example --record exchanges",
    "flowith doctor --from exchanges",
    "flowith doctor --json | jq '.findings[] | select(.status == \"differs\")'",
  ).action(act(async () => (await import("../actions/doctor.ts")).doctor));
}
