import { Command, Option } from "commander";
import { packageVersion } from "../package-version.ts";
import { keysCommand, keysOption } from "./keys-command.ts";
import { commandName } from "./launcher.ts";
import { type ServeFlags, serve } from "./serve.ts";
import { count, mapping, namedOrigins, nonEmpty, origins, portNumber, seconds as secondsOf } from "./values.ts";

const about = [
  "Flowith for the clients of OpenAI and Anthropic, on this machine.",
  "A client's API key is your token of the web app, or your key of the developer API.",
  'When it is ready it writes one line of JSON to stdout and nothing else there: {"url"}. Logs go to stderr, a line of JSON a request.',
].join(" ");

const more = (name: string): string => `
FLOWITH_EDGE_URL, FLOWITH_SUPABASE_URL and FLOWITH_SUPABASE_KEY name another service, such as the emulator.
GET /healthz answers while it runs, GET /readyz while it takes requests. The first signal lets answers end, a second one does not.
Exit codes: 0 ended by a signal, 1 it failed, 2 the command line or a variable is wrong.

Examples:
  ${name} --port 8787
  OPENAI_BASE_URL=http://127.0.0.1:8787/v1 OPENAI_API_KEY=<your token> your-program
  ANTHROPIC_BASE_URL=http://127.0.0.1:8787 ANTHROPIC_API_KEY=<your token> your-program
  ${name} keys create --keys keys.json --name "the bot" --session-file .flowith/session.json`;

export function createProgram(): Command {
  const name = commandName();
  const program = new Command(name)
    .description(about)
    .version(packageVersion())
    .addHelpText("after", more(name))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, `${name}: `)) })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride();
  serveOptions(program)
    .allowExcessArguments(false)
    .action((flags: ServeFlags) => serve(flags));
  // A command that is added as a whole has none of the program's settings by itself.
  const keys = keysCommand().copyInheritedSettings(program);
  for (const command of keys.commands) command.copyInheritedSettings(program);
  return program.addCommand(keys);
}

function serveOptions(program: Command): Command {
  return program
    .option("--port <number>", "0 takes any free port", portNumber, 8787)
    .option("--host <address>", "which address to listen on", nonEmpty, "127.0.0.1")
    .option("--tool-bridge", "let models call tools by the web app's sign-in, described in the prompt")
    .option(
      "--map <name=model>",
      "what model a client's name means, such as 'claude-*=gpt-5'; may be given again",
      mapping,
    )
    .option("--direct", "by the web app's sign-in, leave no conversation on the canvas")
    .addOption(keysOption())
    .option("--requests-per-minute <number>", "of one API key; 0 is no limit", count, 0)
    .option("--max-concurrent <number>", "requests under way; more get 503", count, 1_000)
    .option("--max-concurrent-per-key <number>", "of one API key; more get 429", count, 100)
    .option("--max-body-bytes <number>", "of a request; more get 413", count, 33_554_432)
    .addOption(secondsOption("--body-timeout <seconds>", "for a request's body; then 408", 60))
    .addOption(secondsOption("--request-timeout <seconds>", "for a request to the end of its answer", 900))
    .option("--max-clients <number>", "callers whose clients are kept", count, 1_000)
    .addOption(secondsOption("--client-idle <seconds>", "after which a caller's client is let go; 0 is never", 3_600))
    .addOption(secondsOption("--keep-alive <seconds>", "silence after which a stream sends a comment", 15))
    .addOption(secondsOption("--shutdown <seconds>", "how long a signal waits for answers under way", 10))
    .option("--cors-origin <origin>", "let its pages ask below /v1; * is all; may be given again", origins)
    .option(
      "--pass-through-origin <origin>",
      "let its pages use the SDK by /edge and /supabase; may be given again",
      namedOrigins,
    )
    .option("--metrics", "serve GET /metrics for Prometheus")
    .option("--no-log", "write no line a request");
}

function secondsOption(flags: string, description: string, seconds: number): Option {
  return new Option(flags, description).argParser(secondsOf).default(seconds * 1000, String(seconds));
}
