import type { Task } from "../contestants/task.ts";
import { type Contestant, type Result, runContestant } from "./contestant.ts";
import { startLoadServer } from "./load-server.ts";
import type { Measurement } from "./measurement.ts";
import { type Spread, spreadOf } from "./statistics.ts";

export interface Settings {
  rounds: number;
  /** A run that shows that all works and measures nothing worth reading. */
  isQuick: boolean;
  /** How much there is of each load. Default: the full size, or with `isQuick` a small one. */
  loads?: LoadSizes | undefined;
  /** A checkout of this repository, built, whose SDK starts beside ours. */
  against?: string | undefined;
  /** Words in the names of the scenarios that run; all without. Only `stream` takes it. */
  only?: string | undefined;
  say(line: string): void;
}

export interface LoadSizes {
  generates?: number | undefined;
  jobs?: number | undefined;
  uploads?: number | undefined;
}

export type Workload = Omit<Task, "url" | "controlUrl">;

/** The results of one scenario: for every contestant one a round, in the order of rounds. */
export class Rounds {
  readonly #results = new Map<string, Result[]>();

  add(contestant: string, result: Result): void {
    this.#results.set(contestant, [...(this.#results.get(contestant) ?? []), result]);
  }

  has(contestant: string): boolean {
    return this.#results.has(contestant);
  }

  /** @throws where the contestant did not run or does not tell this number */
  samples(contestant: string, metric: string): number[] {
    const results = this.#results.get(contestant) ?? [];
    return results.map((result) => {
      const value = result[metric];
      if (value === undefined) throw new Error(`${contestant} does not tell ${metric}.`);
      return value;
    });
  }

  spread(contestant: string, metric: string): Spread {
    return spreadOf(this.samples(contestant, metric));
  }

  measurements(scenario: string, units: Record<string, string>): Measurement[] {
    return [...this.#results.keys()].flatMap((contestant) =>
      Object.entries(units)
        .filter(([metric]) => this.#results.get(contestant)?.every((result) => metric in result))
        .map(([metric, unit]) => ({ scenario, contestant, metric, unit, spread: this.spread(contestant, metric) })),
    );
  }
}

/** Runs the contestants in turn, round after round, each time in a new process, against one server. */
export async function runRounds(
  scenario: string,
  contestants: readonly Contestant[],
  workload: Workload,
  { rounds, say }: Settings,
): Promise<Rounds> {
  const results = new Rounds();
  await using server = await startLoadServer();
  for (let round = 0; round < rounds; round++) {
    say(`${scenario}: round ${round + 1} of ${rounds}`);
    // Each goes first in turn, so that none always runs after the same other.
    const order = contestants.map((_, place) => contestants[(place + round) % contestants.length]);
    for (const contestant of order) {
      if (contestant === undefined) continue;
      await server.reset();
      const task = { ...workload, ...contestant.task, url: server.url, controlUrl: server.controlUrl };
      results.add(contestant.name, await runContestant(contestant, task));
    }
  }
  return results;
}
