import { Argument, type Command } from "commander";
import type { Act } from "../act.ts";
import type { CompleteFlags } from "../actions/complete.ts";
import type { Context } from "../context/context.ts";
import { addExamples } from "../examples.ts";

const places = `
Where to put it:
  bash  in ~/.bashrc:               source <(flowith completion bash)
  zsh   in ~/.zshrc, after compinit: source <(flowith completion zsh)
  fish  once:  flowith completion fish > ~/.config/fish/completions/flowith.fish`;

export function addCompletionCommands(program: Command, act: Act): void {
  addExamples(
    program
      .command("completion")
      .description("a script that lets a shell complete commands, options, models and conversations")
      .addArgument(new Argument("<shell>", "which one").choices(["bash", "zsh", "fish"])),
    "flowith completion bash > ~/.flowith-completion.bash",
    "flowith completion fish > ~/.config/fish/completions/flowith.fish",
  )
    .addHelpText("after", places)
    .action(act(async () => (await import("../actions/completion.ts")).completion));

  // what these scripts call
  program
    .command("__complete", { hidden: true })
    .argument("[words...]")
    .option("--limit-ms <number>")
    .action(
      act(async () => {
        const { complete } = await import("../actions/complete.ts");
        return (context: Context, words: string[], flags: CompleteFlags) => complete(context, words, flags, program);
      }),
    );
}
