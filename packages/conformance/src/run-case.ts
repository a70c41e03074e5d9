import { cases } from "./cases/index.ts";
import { type ClientFactory, createContext } from "./create-context.ts";

export interface CaseResult {
  id: string;
  isPassed: boolean;
  /** Why it failed. */
  error?: string;
}

const CASE_LIMIT_MS = 20_000;

/** Runs one case, for runners without a test framework. */
export async function runCase(id: string, emulatorUrl: string, newFlowith: ClientFactory): Promise<CaseResult> {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) return { id, isPassed: false, error: "there is no such case" };
  const { context, close } = await createContext(emulatorUrl, newFlowith);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not finished within ${CASE_LIMIT_MS} ms`)), CASE_LIMIT_MS);
    });
    await Promise.race([found.run(context), limit]);
    return { id, isPassed: true };
  } catch (error) {
    return { id, isPassed: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
    close();
  }
}
