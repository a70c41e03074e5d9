/** The error that a call ends with; a call that succeeds is the failure here. */
export async function rejection(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome) return outcome.error;
  throw new Error(`expected a rejection, but it resolved to ${JSON.stringify(outcome.value)}`);
}
