/** What a disk is short of for the moment. */
const passing: ReadonlySet<string> = new Set(["EBUSY", "EMFILE", "ENFILE"]);

/**
 * What is said of a store that failed: with the disk's word for it, and whether it may pass by itself.
 * @param message a sentence, with a colon where advice follows
 */
export function storeFailure(
  message: string,
  cause: unknown,
): { message: string; cause: unknown; isRetryable: boolean } {
  const code = diskCode(cause);
  const isRetryable = passing.has(code);
  const said = code === "" ? message : message.replace(/(?=[.:])/, ` (${code})`);
  return { message: isRetryable ? `${said} Try again later.` : said, cause, isRetryable };
}

/** The system's own word for a failure, such as `EACCES`; "" where there is none. */
export function diskCode(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^E[A-Z\d]+$/.test(code) ? code : "";
}
