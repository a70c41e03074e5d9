import { aiOf } from "./ai-versions.ts";
import { FACES, runScenario } from "./scenarios/run-scenario.ts";

/** Runs one scenario a request, as a Worker does all it does. Answers its stack where it fails. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const face = FACES.find((one) => one === searchParams.get("face"));
    try {
      if (face === undefined) throw new Error("There is no such face.");
      await runScenario(searchParams.get("emulator") ?? "", face, searchParams.get("name") ?? "", aiOf);
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(error instanceof Error ? (error.stack ?? error.message) : String(error), { status: 500 });
    }
  },
};
