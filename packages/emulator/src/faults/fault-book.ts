import * as v from "valibot";
import { checked, EmulatorOptionError } from "../option-error.ts";
import type { Connection } from "../streams/connection.ts";
import type { AroundContext, Behaviour, Wishes } from "./fault-kind.ts";
import { neverMatches } from "./fault-route.ts";
import { type Fault, faultKinds } from "./kinds/index.ts";
import { type RoutePattern, routePattern } from "./route-pattern.ts";

/** A fault as it is listed. */
export interface ArmedFault {
  id: string;
  fault: Fault;
  /** How often it has struck. */
  hits: number;
  /** How often it will strike still; null when it stays until it is removed. */
  remaining: number | null;
}

interface Entry {
  id: string;
  fault: Fault;
  hits: number;
  left: number;
  user: string | undefined;
  pattern: RoutePattern;
  behaviour: Behaviour;
  remove: AbortController;
}

interface FaultedRequest {
  method: string;
  path: string;
  userId: string | undefined;
}

export interface FaultBook {
  /**
   * Strikes streams that are open as well as later ones.
   * @throws EmulatorOptionError also for a route that no request has
   */
  arm(fault: Fault): ArmedFault;
  /** Removes one fault, or all. */
  remove(id?: string): void;
  list(): ArmedFault[];
  around(
    target: FaultedRequest,
    context: Omit<AroundContext, "removed">,
    handle: () => Promise<Response>,
  ): Promise<Response>;
  attach(connection: Connection): void;
  /** What an armed fault wishes for a user; undefined when none has a say. */
  wishOf<Name extends keyof Wishes>(userId: string, name: Name): Wishes[Name] | undefined;
}

const PLACE = "faults.arm";

/** Only the type is looked at here: the kind of fault that it names checks the rest. */
const typed = v.looseObject({ type: v.string() });

const streamedPaths: ReadonlySet<string> = new Set([
  "/completion",
  "/external/use/llm",
  "/external/use/knowledge-base/seek",
  "/external/use/seek-knowledge",
  "/external/use/seek-knowledge/seek",
]);

/** Streamed answers are hit frame by frame, all others as a whole. */
function isStreamed(path: string): boolean {
  return path.startsWith("/user_stream/") || streamedPaths.has(path);
}

/** What a fault book asks of what is round it. */
export interface FaultSurroundings {
  isUser(userId: string, user: string): boolean;
  connections(): readonly Connection[];
  /** What the edge API answers, as `POST /completion/async`. */
  routes(): readonly string[];
}

export function createFaultBook({ isUser, connections, routes }: FaultSurroundings): FaultBook {
  let entries: Entry[] = [];
  let lastId = 0;

  function hitsUser(entry: Entry, userId: string | undefined): boolean {
    return entry.user === undefined || (userId !== undefined && isUser(userId, entry.user));
  }

  function strikes(entry: Entry, { method, path, userId }: FaultedRequest): boolean {
    return entry.left > 0 && entry.pattern.matches(method, path) && hitsUser(entry, userId);
  }

  function spend(entry: Entry): void {
    entry.hits += 1;
    entry.left -= 1;
  }

  function attachTo(entry: Entry, connection: Connection): void {
    if (entry.behaviour.stage === undefined || !strikes(entry, connection.request)) return;
    spend(entry);
    const stage = entry.behaviour.stage(connection);
    const { signal } = entry.remove;
    connection.addStage((frame, emit) => (signal.aborted ? emit(frame) : stage(frame, emit)));
  }

  const listed = ({ id, fault, hits, left }: Entry): ArmedFault => ({
    id,
    fault,
    hits,
    remaining: Number.isFinite(left) ? left : null,
  });

  return {
    arm(fault) {
      const { type } = checked(PLACE, typed, fault);
      const kind = faultKinds.find((one) => one.type === type);
      if (kind === undefined) {
        const known = faultKinds.map((one) => one.type).join(", ");
        throw new EmulatorOptionError(PLACE, "type", `There is no fault of type "${type}". Known types: ${known}`);
      }
      const { target, behaviour } = kind.read(fault);
      const route = target.route ?? kind.defaultRoute;
      const problem = target.isUnknownRoute === true ? undefined : neverMatches(route, behaviour, routes());
      if (problem !== undefined) throw new EmulatorOptionError(PLACE, "route", problem);
      lastId += 1;
      const entry: Entry = {
        id: `fault-${lastId}`,
        fault,
        hits: 0,
        left: target.count === 0 ? Number.POSITIVE_INFINITY : (target.count ?? 1),
        user: target.user,
        pattern: routePattern(route),
        behaviour,
        remove: new AbortController(),
      };
      entries.push(entry);
      for (const connection of connections()) attachTo(entry, connection);
      return listed(entry);
    },
    remove(id) {
      for (const entry of entries) if (id === undefined || entry.id === id) entry.remove.abort();
      entries = id === undefined ? [] : entries.filter((entry) => entry.id !== id);
    },
    list: () => entries.map(listed),
    around(target, context, handle) {
      let run = handle;
      for (const entry of entries) {
        const { around, stage } = entry.behaviour;
        if (around === undefined || (stage !== undefined && isStreamed(target.path))) continue;
        if (!strikes(entry, target)) continue;
        spend(entry);
        const inner = run;
        run = () => around({ ...context, removed: entry.remove.signal }, inner);
      }
      return run();
    },
    attach(connection) {
      for (const entry of entries) attachTo(entry, connection);
    },
    wishOf(userId, name) {
      for (const entry of entries) {
        const wish = entry.behaviour.wishes?.[name];
        if (wish !== undefined && hitsUser(entry, userId)) return wish;
      }
      return undefined;
    },
  };
}
