import { Command, Option } from "commander";
import { type CreateFlags, createKey, listKeys, revokeKey } from "./keys.ts";
import { count, nonEmpty, variableName } from "./values.ts";

/** Where the keys are; `serve` has it too. */
export function keysOption(): Option {
  return new Option("--keys <file>", "the file of the keys that you have given out")
    .env("FLOWITH_GATEWAY_KEYS")
    .argParser(nonEmpty);
}

/** `keys create`, `list` and `revoke`. */
export function keysCommand(): Command {
  const keys = new Command("keys").description("keys of your own for the gateway's users, each to an account of yours");
  keys
    .command("create")
    .description("make a key and show it, this once")
    .addOption(keysOption().makeOptionMandatory())
    .requiredOption("--name <text>", "who has it", nonEmpty)
    .option("--session-file <file>", "it opens the account of this session, as FLOWITH_SESSION_FILE keeps it", nonEmpty)
    .addOption(
      new Option("--api-key-variable <name>", "it goes by the API key in this variable of the gateway's environment")
        .argParser(variableName)
        .conflicts("sessionFile"),
    )
    .option("--requests-per-minute <number>", "its own limit; 0 is none", count)
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.opts<CreateFlags>();
      if (flags.sessionFile === undefined && flags.apiKeyVariable === undefined) {
        command.error("error: say whose account the key opens: by --session-file, or by --api-key-variable");
      }
      await createKey(flags);
    });
  keys
    .command("list")
    .description("id, when it was made, account, limit and name of each, with tabs between")
    .addOption(keysOption().makeOptionMandatory())
    .option("--json", "a line of JSON each")
    .action((flags: { keys: string; json?: boolean }) => listKeys(flags));
  keys
    .command("revoke")
    .description("let a key in no more; a gateway that runs knows it at once")
    .argument("<id>")
    .addOption(keysOption().makeOptionMandatory())
    .action((id: string, flags: { keys: string }) => revokeKey(id, flags));
  return keys;
}
