import { CannotTell } from "./cannot-tell.ts";
import type { Check, CheckGroup } from "./check.ts";
import { blocked, differs, type Finding, TELL_US, unknown, type Verdict } from "./finding.ts";
import { type Asker, NoAnswer } from "./http/asker.ts";
import type { Redactor } from "./redactor.ts";

export interface RunOptions {
  askerFor(check: Check): Asker;
  redactor: Redactor;
  signal: AbortSignal;
  onStart?: ((check: Check) => void) | undefined;
  onGroup?: ((title: string, findings: readonly Finding[]) => void) | undefined;
}

/**
 * Tries everything: a check that fails stops no other, one whose prerequisite does not hold is unknown. After an abort what
 * is not over is unknown as well.
 */
export async function runChecks(groups: readonly CheckGroup[], options: RunOptions): Promise<Finding[]> {
  const { redactor, signal, onStart, onGroup } = options;
  const verdicts = new Map<string, PromiseWithResolvers<Verdict>>();
  const titles = new Map<string, string>();
  for (const check of groups.flatMap(({ checks }) => checks)) {
    verdicts.set(check.id, Promise.withResolvers<Verdict>());
    titles.set(check.id, check.title);
  }

  /** The title of what stands in the way: the first of a chain, which is the one to mend. */
  async function blockerOf({ needs = [], after = [], follows = [] }: Check): Promise<string | undefined> {
    for (const id of follows) await verdicts.get(id)?.promise;
    for (const id of [...needs, ...after]) {
      const verdict = await verdicts.get(id)?.promise;
      if (verdict === undefined || verdict.status === "holds") continue;
      if (verdict.status === "differs") return titles.get(id);
      if (needs.includes(id)) return verdict.blockedBy ?? titles.get(id);
    }
    return undefined;
  }

  async function verdictOf(check: Check): Promise<Verdict> {
    const blocker = await blockerOf(check);
    if (signal.aborted) return unknown("interrupted before it was tried");
    if (blocker !== undefined) return blocked(blocker);
    onStart?.(check);
    try {
      return await check.run(options.askerFor(check), signal);
    } catch (error) {
      return failed(error, signal);
    }
  }

  async function runGroup({ title, checks }: CheckGroup): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const check of checks) {
      const startMs = performance.now();
      const verdict = await verdictOf(check);
      verdicts.get(check.id)?.resolve(verdict);
      const { id, wire, title: fact } = check;
      const elapsedMs = Math.round(performance.now() - startMs);
      findings.push({ id, group: title, wire, title: fact, ...redactor.verdict(verdict), elapsedMs });
    }
    return findings;
  }

  const running = groups.map(runGroup);
  const all: Finding[] = [];
  for (const [index, group] of groups.entries()) {
    const findings = (await running[index]) ?? [];
    onGroup?.(group.title, findings);
    all.push(...findings);
  }
  return all;
}

function failed(error: unknown, signal: AbortSignal): Verdict {
  if (signal.aborted) return unknown("interrupted");
  if (error instanceof CannotTell) return unknown(error.message, error.advice);
  if (error instanceof NoAnswer) return differs("an answer", error.message, error.advice);
  const why = error instanceof Error ? error.message : String(error);
  return unknown(`the check itself failed: ${why}`, TELL_US);
}
