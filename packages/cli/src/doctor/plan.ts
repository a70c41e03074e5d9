import type { Flowith, FlowithOptions, Session } from "flowith-webapi";
import type { Settings } from "../context/settings.ts";
import type { CheckGroup } from "./check.ts";
import { canvasChecks } from "./checks/canvas.ts";
import { corsChecks } from "./checks/cors.ts";
import { developerChecks } from "./checks/developer.ts";
import { edgeChecks } from "./checks/edge.ts";
import { eventChecks } from "./checks/events.ts";
import { fileChecks } from "./checks/files.ts";
import { imageChecks } from "./checks/image-job.ts";
import { machineChecks } from "./checks/machine.ts";
import { presenceChecks } from "./checks/presence.ts";
import { sessionChecks } from "./checks/session.ts";
import { signInChecks } from "./checks/sign-in.ts";
import { tableChecks } from "./checks/tables.ts";
import { textChecks } from "./checks/text-job.ts";
import type { Redactor } from "./redactor.ts";

/** What the checks work with, and what of them is wanted. */
export interface PlanOptions {
  env: Readonly<Record<string, string | undefined>>;
  settings: Settings;
  /** Of the developer API. */
  apiKey: string | undefined;
  /** The addresses that are used, defaults among them. */
  edgeUrl: string;
  supabaseUrl: string;
  isDefaultService: boolean;
  redactor: Redactor;
  /** The session with a token that is good now. @throws CannotTell where there is none */
  session(): Promise<Session>;
  client(): Promise<Flowith>;
  /** A client of the caller's own to close. */
  makeClient(options: FlowithOptions): Promise<Flowith>;
  /** A page's origin that is asked about. */
  origin: string | undefined;
  writes: boolean;
  spends: boolean;
  /** How long event streams are watched. */
  waitMs: number;
  /** How long a job may take. */
  jobMs: number;
}

/** All groups of checks, in the order of the report. */
export function plannedChecks(options: PlanOptions): CheckGroup[] {
  const { origin, writes, spends } = options;
  return [
    machineChecks(options),
    sessionChecks(options),
    edgeChecks(options),
    developerChecks(options),
    tableChecks(options),
    ...eventChecks(options),
    fileChecks(options),
    signInChecks(options),
    ...(origin === undefined ? [] : [corsChecks(origin)]),
    ...(writes ? [canvasChecks(options), presenceChecks()] : []),
    ...(spends ? [textChecks(options), imageChecks(options)] : []),
  ];
}

/** What a recording can answer: all that reads, and goes by no state of the server's or the network's. */
export function replayedChecks(options: PlanOptions): CheckGroup[] {
  return [
    edgeChecks(options),
    developerChecks(options),
    tableChecks(options),
    ...eventChecks(options),
    fileChecks(options),
  ];
}
