import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { addSaveOptions } from "./save-options.ts";

const ID = "as `flowith jobs ls` shows it: of the prompt's node or the answer's, or its first 6 characters or more";

export function addJobsCommands(program: Command, act: Act): void {
  const jobs = program
    .command("jobs")
    .description("what was begun with this profile and not fetched: by --detach, Ctrl-C, or a run that was cut short");
  addExamples(
    jobs
      .command("ls")
      .description("the jobs, the oldest first")
      .option("--status", "ask the service how each of them stands"),
    "flowith jobs ls --status",
    "flowith jobs ls --json | jq -r '.[].id'",
  ).action(act(async () => (await import("../actions/jobs/ls.ts")).ls));
  addExamples(
    addSaveOptions(
      jobs
        .command("wait")
        .description("wait for results: texts are printed, pictures and clips saved and their paths printed")
        .argument("[id...]", ID)
        .option("--all", "all jobs of this profile"),
    ),
    "flowith jobs wait 3f2a9c1b",
    "flowith jobs wait --all --output results",
  ).action(act(async () => (await import("../actions/jobs/wait.ts")).wait));
  addExamples(
    jobs.command("show").description("one job, and how it stands").argument("<id>", ID),
    "flowith jobs show 3f2a9c1b",
  ).action(act(async () => (await import("../actions/jobs/show.ts")).show));
  addExamples(
    jobs
      .command("rm")
      .description("forget jobs; they go on, and their results are on the canvas")
      .argument("<id...>", ID),
    "flowith jobs rm 3f2a9c1b",
  ).action(act(async () => (await import("../actions/jobs/rm.ts")).rm));
}
