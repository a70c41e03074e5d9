import type { ServerResponse } from "node:http";
import * as v from "valibot";
import type { RowForm } from "../jobs/node-rows.ts";
import { checked } from "../option-error.ts";
import type { Connection, FrameStage } from "../streams/connection.ts";

/** Whom a fault hits. */
export interface FaultTarget {
  /** `POST /completion/async`, `/user_stream/*`, `*`: a method if wanted, then a path with `*` for anything. */
  route?: string | undefined;
  /** For a route that the emulator does not know and would answer with 501. Default false: it is refused as misspelt. */
  isUnknownRoute?: boolean | undefined;
  /** Id or email of the only user it hits. */
  user?: string | undefined;
  /** How many requests or streams it hits before it is spent; default 1, and 0 means until it is removed. */
  count?: number | undefined;
}

export const targetEntries: {
  route: v.OptionalSchema<v.StringSchema<undefined>, undefined>;
  isUnknownRoute: v.OptionalSchema<v.BooleanSchema<undefined>, undefined>;
  user: v.OptionalSchema<v.StringSchema<undefined>, undefined>;
  count: v.OptionalSchema<v.GenericSchema<unknown, number>, undefined>;
} = {
  route: v.optional(v.string()),
  isUnknownRoute: v.optional(v.boolean()),
  user: v.optional(v.string()),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
};

export const wholeNumber: v.GenericSchema<unknown, number> = v.pipe(v.number(), v.integer(), v.minValue(0));

export interface AroundContext {
  request: Request;
  outgoing: ServerResponse | undefined;
  /** Aborted when the fault is removed or the emulator closes. */
  removed: AbortSignal;
}

/** What an armed fault does; a kind fills in one of these or two. */
export interface Behaviour {
  /** Runs round the handler of a request. */
  around?: (context: AroundContext, next: () => Promise<Response>) => Promise<Response>;
  /** Sits in a streamed answer, from its start or from when the fault was armed. */
  stage?: (connection: Connection) => FrameStage;
  /** Asked for while the fault is armed; neither spent nor counted. */
  wishes?: Wishes;
}

/** What a job or a stream looks up about its user. */
export interface Wishes {
  /** How rows of answers are written. */
  rows?: RowForm;
  /** Whether the rows of jobs tell nothing before their end. */
  keepInit?: boolean;
  /** Whether events without a listener are kept. */
  replay?: boolean;
  /** Whether the server gives the answer of a video another id than the client chose. */
  ownNodeId?: boolean;
}

export interface FaultKind {
  readonly type: string;
  /** What `route` is when it is not given. */
  readonly defaultRoute: string;
  /** @throws EmulatorOptionError when a description is not one of this kind */
  read(input: unknown): { target: FaultTarget; behaviour: Behaviour };
}

export function defineFault<F extends FaultTarget & { type: string }>(kind: {
  type: F["type"];
  defaultRoute: string;
  schema: v.GenericSchema<unknown, F>;
  behave: (fault: F) => Behaviour;
}): FaultKind {
  return {
    type: kind.type,
    defaultRoute: kind.defaultRoute,
    read(input) {
      const fault = checked("faults.arm", kind.schema, input);
      return { target: fault, behaviour: kind.behave(fault) };
    },
  };
}

/** Event streams, where most stream faults are wanted. */
export const streamRoute = "/user_stream/stream";
