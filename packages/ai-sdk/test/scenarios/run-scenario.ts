import { httpControl } from "../../../conformance/src/control.ts";
import { createFlowith } from "../../src/index.ts";
import { scenarios } from "./index.ts";
import type { Ai, AnyProvider, Scenario, World } from "./scenario.ts";

/** A version of the package `ai`, with the face of the provider that it is given. */
export const FACES = ["ai 7", "ai 7, v3", "ai 6, v3"] as const;
export type Face = (typeof FACES)[number];

export type AiOf = (face: Face) => Ai;

/** The scenarios of a face. */
export function scenariosOf(face: Face): Scenario[] {
  return scenarios.filter(({ only7 }) => !only7 || face === "ai 7");
}

/** Runs a scenario with a user of its own. */
export async function runScenario(emulatorUrl: string, face: Face, name: string, aiOf: AiOf): Promise<void> {
  const scenario = scenariosOf(face).find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`There is no scenario "${name}" for ${face}.`);
  const control = httpControl(emulatorUrl);
  const [user, { edgeUrl, supabaseUrl, supabaseKey }] = await Promise.all([control.newUser(), control.addresses()]);
  const made: AnyProvider[] = [];
  const provider: World["provider"] = (settings) => {
    const one: AnyProvider =
      face === "ai 7" ? createFlowith(settings) : createFlowith({ ...settings, specificationVersion: "v3" });
    made.push(one);
    return one;
  };
  const session = { token: user.token, refreshToken: user.refreshToken, edgeUrl, supabaseUrl, supabaseKey };
  try {
    await scenario.run({
      control,
      user,
      ai: aiOf(face),
      flowith: provider(session),
      byKey: provider({ apiKey: user.apiKey, edgeUrl }),
      provider,
      session,
      async lastBody(route) {
        const entries = await control.journal(user, route);
        return JSON.parse(entries.at(-1)?.body ?? "null");
      },
    });
  } finally {
    for (const one of made) one.close();
  }
}
