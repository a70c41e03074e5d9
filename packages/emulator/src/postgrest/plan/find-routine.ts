import { mostSimilar } from "../catalog/fuzzy-set.ts";
import { type Catalog, isSameName, type QualifiedName, type Routine } from "../catalog/types.ts";
import { PostgrestError } from "../errors.ts";
import type { MediaType } from "../http/media-type.ts";

export interface CallTarget {
  readonly routine: QualifiedName;
  readonly argumentNames: readonly string[];
  /** The type of the body, when the function is called by POST. */
  readonly bodyType: MediaType["kind"] | undefined;
}

const rawBodyParameters: Readonly<Partial<Record<MediaType["kind"], readonly string[]>>> = {
  json: ["json", "jsonb"],
  text: ["text"],
  xml: ["xml"],
  octets: ["bytea"],
};

function isRawBody(bodyType: CallTarget["bodyType"]): boolean {
  return bodyType === "text" || bodyType === "xml" || bodyType === "octets";
}

function matchesNames({ parameters }: Routine, { argumentNames, bodyType }: CallTarget): boolean {
  if (parameters.length === 0) return argumentNames.length === 0 && !isRawBody(bodyType);
  const given = new Set(argumentNames);
  const hasRequired = parameters.every(({ name, isRequired }) => !isRequired || given.has(name));
  return hasRequired && argumentNames.every((argument) => parameters.some(({ name }) => name === argument));
}

function takesWholeBody({ parameters }: Routine, { bodyType }: CallTarget): boolean {
  const [only] = parameters;
  if (only === undefined || parameters.length !== 1 || bodyType === undefined) return false;
  return rawBodyParameters[bodyType]?.includes(only.type) ?? false;
}

function hint(catalog: Catalog, target: CallTarget, overloads: readonly Routine[]): string | null {
  const { schema, name } = target.routine;
  const asText = (names: readonly string[]): string => `(${[...names].sort().join(", ")})`;
  const inSchema = catalog.routines.filter((routine) => routine.schema === schema);
  const similar =
    overloads.length === 0
      ? mostSimilar(
          inSchema.map((routine) => routine.name),
          name,
        )
      : mostSimilar(
          overloads.map(({ parameters }) => asText(parameters.map((parameter) => parameter.name))),
          asText(target.argumentNames),
        );
  if (similar === undefined) return null;
  return `Perhaps you meant to call the function ${schema}.${overloads.length === 0 ? "" : name}${similar}`;
}

function notFound(catalog: Catalog, target: CallTarget, overloads: readonly Routine[]): PostgrestError {
  const { routine, bodyType } = target;
  const names = [...target.argumentNames].sort();
  const list = names.join(", ");
  const qualified = `${routine.schema}.${routine.name}`;
  const inMessage = isRawBody(bodyType) ? "" : names.length === 0 ? " without parameters" : `(${list})`;
  const parameters =
    names.length === 0 ? " without parameters" : ` with parameter${names.length > 1 ? "s" : ""} ${list}`;
  const rawTypes = { text: "text", xml: "xml", octets: "bytea" } as const;
  const searched =
    bodyType === "text" || bodyType === "xml" || bodyType === "octets"
      ? ` with a single unnamed ${rawTypes[bodyType]} parameter`
      : parameters + (bodyType === "json" ? " or with a single unnamed json/jsonb parameter" : "");
  return new PostgrestError(
    404,
    "PGRST202",
    `Could not find the function ${qualified}${inMessage} in the schema cache`,
    {
      details: `Searched for the function ${qualified}${searched}, but no matches were found in the schema cache.`,
      hint: isRawBody(bodyType) ? null : hint(catalog, target, overloads),
    },
  );
}

function ambiguous(candidates: readonly Routine[]): PostgrestError {
  const signatures = candidates.map(({ schema, name, parameters }) => {
    return `${schema}.${name}(${parameters.map((parameter) => `${parameter.name} => ${parameter.type}`).join(", ")})`;
  });
  return new PostgrestError(
    300,
    "PGRST203",
    `Could not choose the best candidate function between: ${signatures.join(", ")}`,
    {
      hint: "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
    },
  );
}

/** Functions may be overloaded: the names of the arguments choose. One that takes the whole body is the last resort. */
export function findRoutine(catalog: Catalog, target: CallTarget): Routine {
  const overloads = catalog.routines.filter((routine) => isSameName(routine, target.routine));
  const named = overloads.filter((routine) => matchesNames(routine, target));
  const candidates = named.length > 0 ? named : overloads.filter((routine) => takesWholeBody(routine, target));
  const [first] = candidates;
  if (first === undefined) throw notFound(catalog, target, overloads);
  if (candidates.length > 1) throw ambiguous(candidates);
  return first;
}
