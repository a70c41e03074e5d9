import { Command, InvalidArgumentError } from "commander";
import { packageVersion } from "../package-version.ts";
import { type ServeFlags, serve } from "./serve.ts";

const about = `Flowith for the clients of OpenAI and Anthropic, on this machine. A client's API key is your token of the web app, or your key of the
developer API. When it is ready it writes one line of JSON to stdout and nothing else there: {"url"}. Logs go to stderr.`;

const more = `
FLOWITH_EDGE_URL, FLOWITH_SUPABASE_URL and FLOWITH_SUPABASE_KEY name another service, such as the emulator.
Exit codes: 0 ended by a signal, 1 it failed, 2 the command line is wrong.

Example:
  flowith-gateway --port 8787
  OPENAI_BASE_URL=http://127.0.0.1:8787/v1 OPENAI_API_KEY=<your token> your-program
  ANTHROPIC_BASE_URL=http://127.0.0.1:8787 ANTHROPIC_API_KEY=<your token> your-program`;

export function createProgram(): Command {
  return new Command("flowith-gateway")
    .description(about)
    .version(packageVersion())
    .addHelpText("after", more)
    .option("--port <number>", "0 takes any free port", portNumber, 8787)
    .option("--host <address>", "which address to listen on", nonEmpty, "127.0.0.1")
    .option("--tool-bridge", "let models call tools by the web app's sign-in, described in the prompt")
    .option(
      "--map <name=model>",
      "what model a client's name means, such as 'claude-*=gpt-5'; may be repeated",
      mapping,
    )
    .option("--direct", "by the web app's sign-in, leave no conversation on the canvas")
    .allowExcessArguments(false)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "flowith-gateway: ")) })
    .showSuggestionAfterError()
    .exitOverride()
    .action((flags: ServeFlags) => serve(flags));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/** Names are told from ids by the last `=`, which no id has. */
function mapping(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, modelId] = /^([^*]+\*?|\*)=([^=]+)$/.exec(text) ?? [];
  if (name !== undefined && modelId !== undefined) return { ...before, [name]: modelId };
  throw new InvalidArgumentError("It is a name, or a beginning with * at its end, then = and a model's id.");
}

/** An empty host would be every address. */
function nonEmpty(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("It is empty.");
}
