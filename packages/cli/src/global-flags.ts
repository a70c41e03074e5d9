import { type Command, Option } from "commander";

/** What every command takes, before or after its name. */
export interface GlobalFlags {
  json?: boolean;
  profile?: string;
  edgeUrl?: string;
  supabaseUrl?: string;
  supabaseKey?: string;
  color: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .option(
      "--json",
      "one JSON document (or one line each) on stdout, for programs; errors and notes as JSON on stderr",
    )
    .option("--profile <name>", "the account to use; environment: FLOWITH_PROFILE")
    .option("-q, --quiet", "no progress and no notes on stderr")
    .option("--verbose", "log each request to stderr, without secrets")
    .option("--no-color", "plain text; NO_COLOR does the same")
    .addOption(new Option("--edge-url <url>", "where the edge API is; environment: FLOWITH_EDGE_URL"))
    .addOption(new Option("--supabase-url <url>", "where tables and sign-in are; environment: FLOWITH_SUPABASE_URL"))
    .addOption(new Option("--supabase-key <key>", "the publishable key; environment: FLOWITH_SUPABASE_KEY"));
}
