import { type Command, Option } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

export function addCatalogueCommands(program: Command, act: Act): void {
  addExamples(
    program
      .command("models")
      .description("the models, those with all the words in them, or all that is known of one; needs no account")
      .argument("[id-or-words...]", "an id shows that model whole")
      .addOption(new Option("--kind <kind>", "only these").choices(["text", "image", "video"])),
    "flowith models --kind image",
    "flowith models gemini pro",
    "flowith models gpt-image-2",
  ).action(act(async () => (await import("../actions/models.ts")).models));
  const templates = program
    .command("templates")
    .description("prompts to start from, or those with all the words in them")
    .argument("[words...]")
    .option("--type <type>", "only these: text, image, video, …");
  addExamples(templates, "flowith templates --type image", "flowith templates show summary").action(
    act(async () => (await import("../actions/templates.ts")).templates),
  );
  addExamples(
    templates
      .command("show")
      .description("the prompt of one, whole")
      .argument("<id>", "as `flowith templates` shows it"),
    "flowith templates show summary",
    "flowith templates show summary | flowith text -",
  ).action(act(async () => (await import("../actions/templates.ts")).showTemplate));
}
