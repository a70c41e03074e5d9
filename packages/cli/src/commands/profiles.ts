import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

export function addProfilesCommand(program: Command, act: Act): void {
  const profiles = program
    .command("profiles")
    .description("several accounts; `flowith login --profile NAME` makes one");

  addExamples(
    profiles.command("ls").alias("list").description("all profiles, and who is signed in; makes no request"),
    "flowith profiles ls",
    "flowith profiles ls --json | jq -r '.profiles[].name'",
  ).action(act(async () => (await import("../actions/profiles.ts")).listProfiles));

  addExamples(
    profiles.command("use").description("the profile that counts where none is named").argument("<profile>"),
    "flowith profiles use work",
  ).action(act(async () => (await import("../actions/profiles.ts")).useProfile));

  addExamples(
    profiles
      .command("rm")
      .description("forget a profile: its session and its addresses")
      .argument("<profile>")
      .option("--force", "even where it is signed in; the session is not ended at the service"),
    "flowith profiles rm work",
  ).action(act(async () => (await import("../actions/profiles.ts")).removeProfile));
}
