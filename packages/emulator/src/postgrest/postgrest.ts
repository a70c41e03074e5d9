import type { JSONWebKeySet } from "jose";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { readCatalog } from "./catalog/catalog.ts";
import { readTimezones } from "./catalog/timezones.ts";
import { fromDatabaseError } from "./database-errors.ts";
import { PostgrestError } from "./errors.ts";
import { callRoutine, describeRoutine } from "./handle/call-routine.ts";
import type { HandlerContext } from "./handle/context.ts";
import { describeRelation } from "./handle/describe-relation.ts";
import { describeSchema } from "./handle/describe-schema.ts";
import { readRelation } from "./handle/read-relation.ts";
import { writeRelation } from "./handle/write-relation.ts";
import { type ApiRequest, readApiRequest } from "./http/api-request.ts";
import { addCorsHeaders, answerPreflight } from "./http/cors.ts";
import { namesTimezone } from "./http/preferences.ts";
import { type Answer, allowAnswer, errorAnswer, toResponse } from "./http/respond.ts";
import { createIdentify, type Identity } from "./jwt.ts";
import type { MutationKind } from "./plan/mutate.ts";
import { remembered } from "./remembered.ts";

export interface PostgrestOptions {
  readonly database: Database;
  /** The schemas that requests can name; the first is the default. */
  readonly schemas: readonly string[];
  readonly anonRole: string;
  readonly maxRows?: number;
  readonly jwks: () => JSONWebKeySet;
  readonly clock: Clock;
}

export interface Postgrest {
  fetch(request: Request): Promise<Response>;
  /** Needed after tables, keys or functions have changed. */
  reloadSchema(): Promise<void>;
}

const noZones: ReadonlySet<string> = new Set();

const mutations: Readonly<Record<string, MutationKind>> = {
  POST: "insert",
  PATCH: "update",
  PUT: "upsertOne",
  DELETE: "delete",
};

function dispatch(context: HandlerContext, host: string): Promise<Answer> | Answer {
  const { resource, method } = context.request;
  switch (resource.kind) {
    case "schema":
      return method === "OPTIONS" ? allowAnswer(["OPTIONS", "GET", "HEAD"]) : describeSchema(context, host);
    case "routine":
      return method === "OPTIONS" ? describeRoutine(context, resource.name) : callRoutine(context, resource.name);
    case "relation": {
      if (method === "OPTIONS") return describeRelation(context, resource.name);
      const mutation = mutations[method];
      return mutation === undefined
        ? readRelation(context, resource.name)
        : writeRelation(context, resource.name, mutation);
    }
  }
}

/**
 * PostgREST over a database in this process. It serves requests whose path has been stripped to what PostgREST sees:
 * "/conversation?select=id", "/rpc/get_online_count", "/".
 */
export function createPostgrest(options: PostgrestOptions): Postgrest {
  const { database, schemas, anonRole, maxRows } = options;
  const catalog = remembered(() => readCatalog(database, schemas));
  const zones = remembered(() => readTimezones(database));
  const identify = createIdentify(options);

  const answer = async (request: Request): Promise<Answer> => {
    let identity: Identity | undefined;
    try {
      identity = await identify(request.headers.get("authorization"));
      const current = await catalog.get();
      const timezones = namesTimezone(request.headers.get("prefer")) ? await zones.get() : noZones;
      const apiRequest: ApiRequest = await readApiRequest(request, { schemas, timezones });
      const hasSeveralSchemas = schemas.length > 1;
      return await dispatch(
        { database, catalog: current, identity, maxRows, request: apiRequest, hasSeveralSchemas },
        new URL(request.url).host,
      );
    } catch (error) {
      if (error instanceof PostgrestError) return errorAnswer(error);
      const fromDatabase = fromDatabaseError(error, identity?.role === anonRole);
      if (fromDatabase === undefined) throw error;
      return errorAnswer(fromDatabase);
    }
  };

  return {
    async fetch(request) {
      const preflight = answerPreflight(request);
      if (preflight !== undefined) return preflight;
      const { body, ...told } = await answer(request);
      const response = toResponse({ ...told, body: request.method === "HEAD" ? null : body });
      addCorsHeaders(request, response.headers);
      return response;
    },
    async reloadSchema() {
      catalog.forget();
      await catalog.get();
    },
  };
}
