import { FlowithDeveloper } from "flowith-webapi/developer";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { stderrLogger } from "../output/stderr-logger.ts";
import { apiKeyOf } from "./api-key.ts";
import type { Context } from "./context.ts";

/**
 * A client of the developer API, by the key of the environment; the caller's own to close.
 * @throws CliError where there is no key; InvalidArgumentError for what is none
 */
export async function developerClient(context: Context): Promise<FlowithDeveloper> {
  const { shell, flags, output } = context;
  const apiKey = apiKeyOf(shell.env);
  if (apiKey === undefined) {
    throw new CliError("The developer API needs an API key, which a session does not stand in for.", {
      exitCode: ExitCode.SignIn,
      code: "authentication",
      hint: "Make one in the settings of the web app (https://flowith.io), and set FLOWITH_API_KEY to it.",
    });
  }
  const { edgeUrl } = await context.settings();
  return new FlowithDeveloper({
    apiKey,
    edgeUrl,
    logger: stderrLogger(output),
    logLevel: flags.verbose ? "debug" : "error",
  });
}
