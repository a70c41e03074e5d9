import { getEventListeners } from "node:events";
import { Living } from "./living.ts";

/** What lives in the process, and would grow if a job left something of itself behind. */
export interface Census {
  /** On all targets that live, signals among them. */
  listeners: number;
  /** On the one that has the most. */
  mostListeners: number;
  /** In all maps and sets that were made since the census began. */
  entries: number;
  /** In the one that has the most. */
  mostEntries: number;
}

/**
 * Watches from now on who gets listeners and which maps and sets are made: from outside, so that nothing that is measured has
 * to know. What is imported later is seen, what the runtime has in itself is not.
 */
export function beginCensus(): () => Census {
  const listened = watchListeners();
  const collected = watchCollections();
  return () => {
    const listeners = listened();
    const entries = collected();
    return {
      listeners: sum(listeners),
      mostListeners: Math.max(0, ...listeners),
      entries: sum(entries),
      mostEntries: Math.max(0, ...entries),
    };
  };
}

function watchListeners(): () => number[] {
  const targets = new Living<EventTarget>();
  const types = new Set<string>();
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function add(this: EventTarget, ...args) {
    targets.see(this);
    types.add(args[0]);
    addEventListener.apply(this, args);
  };
  // The runtime itself knows which of them have been taken off, or have been told once.
  return () => targets.all().map((target) => sum([...types].map((type) => getEventListeners(target, type).length)));
}

function watchCollections(): () => number[] {
  const collections = new Living<{ size: number }>();
  class WatchedMap<Key, Value> extends Map<Key, Value> {
    constructor(entries?: Iterable<readonly [Key, Value]> | null) {
      super(entries);
      collections.see(this);
    }
  }
  class WatchedSet<Value> extends Set<Value> {
    constructor(values?: Iterable<Value> | null) {
      super(values);
      collections.see(this);
    }
  }
  Object.assign(globalThis, { Map: WatchedMap, Set: WatchedSet });
  return () => collections.all().map(({ size }) => size);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
