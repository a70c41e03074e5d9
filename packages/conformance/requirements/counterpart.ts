/** What stands here for one thing of the Python client. */
export interface Counterpart {
  /**
   * `flowith.account.credits()`, `session.send()`, `flowith.generate(prompt)`, `GenerationOutput.nodeId`,
   * `ImageModel.GptImage2`, `RateLimitError`. Null where there is deliberately none.
   */
  here: string | null;
  /**
   * The id of a conformance case; `file.test.ts › test`, wherever that file stands; or `sends › call` and `gives › call`:
   * a recorded call whose requests and result are compared.
   */
  proof: string;
  /** Where the meaning differs on purpose. */
  note?: string | undefined;
}

/** By the inventory's ids. */
export type Counterparts = Record<string, Counterpart>;

type Part = string | { here: string | null; proof?: string; note?: string };

function part(of: Part, proof: string, named: (name: string) => string): Counterpart {
  if (typeof of === "string") return { here: named(of), proof };
  return { proof, ...of, here: of.here === null ? null : named(of.here) };
}

/** A bare name is a positional parameter, one with a dot an option. */
const parameterOf =
  (here: string) =>
  (name: string): string =>
    name.includes(".") || name.includes("(") ? name : here.replace("()", `(${name})`);

/**
 * A method and its parameters. What proves them is the comparison of what both clients send for it, unless said otherwise.
 * @param parameters by their Python names
 */
export function method(
  id: string,
  here: string,
  parameters: Record<string, Part> = {},
  { proof = `sends › ${id}`, all = proof, note }: { proof?: string; all?: string; note?: string } = {},
): Counterparts {
  const found: Counterparts = { [id]: { here, proof, note } };
  for (const [name, of] of Object.entries(parameters)) found[`${id}(${name})`] = part(of, all, parameterOf(here));
  return found;
}

/**
 * A record and its fields. What proves them is the comparison of what both clients give for the same rows.
 * @param fields by their Python names
 */
export function record(id: string, here: string, proof: string, fields: Record<string, Part>): Counterparts {
  const found: Counterparts = { [id]: { here, proof } };
  for (const [name, of] of Object.entries(fields))
    found[`${id}.${name}`] = part(of, proof, (field) => (/[.(]/.test(field) ? field : `${here}.${field}`));
  return found;
}

/** An enum and its values. */
export function values(id: string, here: string, proof: string, members: Record<string, string>): Counterparts {
  const found: Counterparts = { [id]: { here, proof } };
  for (const [name, member] of Object.entries(members)) found[`${id}.${name}`] = { here: `${here}.${member}`, proof };
  return found;
}
