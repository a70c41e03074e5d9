import { Command } from "commander";
import { packageVersion } from "../package-version.ts";
import { addStartOptions, type StartFlags } from "./start-options.ts";
import { addTargetOptions, type TargetFlags } from "./target.ts";

const about = `The backend of the Flowith web app in one process: edge API, PostgREST and GoTrue.

start is meant when no command is given. When it is ready it writes one line of JSON to stdout and nothing else:
  {"edgeUrl","supabaseUrl","supabaseKey","users":[{"email","id","token","refreshToken","apiKey"}]}
Logs go to stderr.`;

const codes = `
Exit codes: 0 all went well, 1 it failed, 2 the command line is wrong, 3 (status) no emulator runs;
exec ends with the code of its command.

Examples:
  flowith-emulator --port 4000 --data-dir ./flowith-data
  flowith-emulator exec -- node bot.mjs
  flowith-emulator export state.jsonl --data-dir ./flowith-data`;

// what a command is made of is loaded for the one that runs: a wrong option, or the version, needs none of it
const manage = () => import("./manage.ts");

export function createProgram(): Command {
  const program = new Command("flowith-emulator")
    .description(about)
    .version(packageVersion())
    .addHelpText("after", codes)
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "flowith-emulator: ")) })
    .showSuggestionAfterError()
    .exitOverride();

  addStartOptions(program.command("start", { isDefault: true }), 4000)
    .description("serve until Ctrl-C")
    .allowExcessArguments(false)
    .action(async (flags: StartFlags) => (await import("./start.ts")).start(flags));

  addStartOptions(program.command("exec"), 0)
    .description("serve while a command runs, which finds the FLOWITH_ variables set: exec -- node bot.mjs")
    .argument("<command>")
    .argument("[args...]")
    .passThroughOptions()
    .action(async (command: string, args: string[], flags: StartFlags) =>
      (await import("./exec.ts")).exec(flags, command, args),
    );

  addTargetOptions(program.command("status"))
    .description("whether an emulator runs, and what it has to do")
    .option("--json", "for programs")
    .action(async (flags: TargetFlags & { json?: boolean }) => (await manage()).showStatus(flags));

  addTargetOptions(program.command("reset"))
    .description("back to the seed")
    .option("--no-users", "and without auth users")
    .action(async (flags: TargetFlags & { users: boolean }) => (await manage()).reset(flags));

  addTargetOptions(program.command("export"))
    .description("write rows, users, sessions and files to a file")
    .argument("<file>")
    .action(async (file: string, flags: TargetFlags) => (await manage()).exportTo(file, flags));

  addTargetOptions(program.command("import"))
    .description("put what a file holds in the place of everything")
    .argument("<file>")
    .action(async (file: string, flags: TargetFlags) => (await manage()).importFrom(file, flags));

  return program;
}
