import { CliError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { ExitCode } from "../exit-codes.ts";

/**
 * What a person does elsewhere, in a browser.
 * @throws CliError where it takes longer than the limit; the reason of the signal
 */
export async function waitForPerson<T>({ signal }: Context, work: Promise<T>, timeoutSeconds: number): Promise<T> {
  const stop = Promise.withResolvers<never>();
  const onAbort = (): void => stop.reject(signal.reason);
  const timer = setTimeout(() => stop.reject(tooLate(timeoutSeconds)), timeoutSeconds * 1_000);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, stop.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function tooLate(timeoutSeconds: number): CliError {
  return new CliError(`Nobody has signed in within ${timeoutSeconds} s.`, {
    exitCode: ExitCode.TryLater,
    code: "timeout",
    hint: "Start it again; --timeout 900 waits for a quarter of an hour.",
  });
}

/** Tells the address in any case, since the browser may be on another machine, and opens it. */
export function showAddress({ output, shell }: Context, url: string, port: number, isToOpen: boolean): void {
  const isElsewhere = (shell.env.SSH_CONNECTION ?? "") !== "";
  output.warn(
    [
      isToOpen ? "Your browser should open this page:" : "Open this page:",
      "",
      `  ${url}`,
      "",
      ...(isElsewhere
        ? [
            "It leads back to this machine, so a browser elsewhere needs the port forwarded:",
            `  ssh -L ${port}:127.0.0.1:${port} …`,
            "",
          ]
        : []),
    ].join("\n"),
  );
  if (isToOpen) shell.open(url).catch(() => output.note("No browser could be opened here."));
}
