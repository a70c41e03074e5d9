import { cases } from "./cases/index.ts";
import type { ConformanceCase } from "./conformance-case.ts";
import { type ClientFactory, createContext } from "./create-context.ts";
import { describeError } from "./describe-error.ts";

export interface CaseResult {
  id: string;
  isPassed: boolean;
  /** Why it failed, or why its first attempt did. */
  error?: string;
  /** 2 where it had to be run again. */
  attempts: number;
}

const CASE_LIMIT_MS = 45_000;

/**
 * Runs one case. Time is real here, and a machine can stand still for seconds: a case that fails is run once more, with
 * another user, and what its first attempt said is kept to be shown.
 */
export async function runCase(id: string, emulatorUrl: string, newFlowith: ClientFactory): Promise<CaseResult> {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) return { id, isPassed: false, error: "there is no such case", attempts: 0 };
  const first = await attempt(found, emulatorUrl, newFlowith);
  if (first === undefined) return { id, isPassed: true, attempts: 1 };
  const second = await attempt(found, emulatorUrl, newFlowith);
  return { id, isPassed: second === undefined, error: second ?? first, attempts: 2 };
}

/** @returns why it failed */
async function attempt(
  { run }: ConformanceCase,
  emulatorUrl: string,
  newFlowith: ClientFactory,
): Promise<string | undefined> {
  let close = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const created = await createContext(emulatorUrl, newFlowith);
    close = created.close;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not finished within ${CASE_LIMIT_MS} ms`)), CASE_LIMIT_MS);
    });
    await Promise.race([run(created.context), limit]);
    return undefined;
  } catch (error) {
    return describeError(error);
  } finally {
    clearTimeout(timer);
    close();
  }
}
