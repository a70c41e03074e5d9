import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../packages/emulator/dist/index.js";
import type { FunctionCoverage, RanFunction } from "./function-coverage.ts";

type Sdk = typeof import("../../packages/sdk/dist/index.js");
type Flowith = InstanceType<Sdk["Flowith"]>;
type Options = NonNullable<ConstructorParameters<Sdk["Flowith"]>[0]>;

/** What ran of a path. */
export interface PathRun {
  /** While the client was made; nothing where the path begins with a client that is there. */
  construction: RanFunction[];
  /** From the call to its result or error. */
  call: RanFunction[];
}

export interface PathContext {
  coverage: FunctionCoverage;
  emulator: Emulator;
  Flowith: Sdk["Flowith"];
}

/** The paths, by name, and what each of them is. */
export const PATHS: Record<string, { what: string; run(context: PathContext): Promise<PathRun> }> = {
  generateStream: {
    what: "`new Flowith`, and its first `generateStream`, read to the end",
    async run(context) {
      return measured(context, await optionsOf(context.emulator), async (flowith) => {
        for await (const _ of flowith.generateStream("Write a haiku about streams."));
      });
    },
  },
  "image.save": {
    what: "`image.save` into a folder, with a picture that is there",
    async run({ coverage, emulator, Flowith }) {
      const folder = await mkdtemp(join(tmpdir(), "flowith-path-files-"));
      await using flowith = new Flowith({ ...(await optionsOf(emulator)), events: { lingerMs: 0 } });
      try {
        const closed = streamsClosed(flowith);
        const { image } = await flowith.generateImage("A ripe banana");
        // What else comes on the event streams is not the save's.
        await closed;
        await coverage.take();
        await image.save(folder);
        return { construction: [], call: await coverage.take() };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
  "refused-token": {
    what: "`new Flowith`, and an `account.credits` whose token is refused, and then its refresh token, which is an `AuthenticationError`",
    async run(context) {
      const options = { ...(await optionsOf(context.emulator)), refreshToken: "refused" };
      const { id } = context.emulator.faults.arm({ type: "status", status: 401, route: "GET /user/credits" });
      try {
        return await measured(context, options, async (flowith) => {
          const failed = await flowith.account.credits().then(
            () => undefined,
            (error: unknown) => error,
          );
          if (!(failed instanceof Error && failed.name === "AuthenticationError")) {
            throw new Error("The refused token led to no AuthenticationError.", { cause: failed });
          }
        });
      } finally {
        context.emulator.faults.remove(id);
      }
    },
  },
};

async function measured(
  { coverage, Flowith }: PathContext,
  options: Options,
  call: (flowith: Flowith) => Promise<void>,
): Promise<PathRun> {
  await coverage.take();
  await using flowith = new Flowith(options);
  const construction = await coverage.take();
  await call(flowith);
  return { construction, call: await coverage.take() };
}

/** A user for each path, so that none meets what another has left. */
async function optionsOf(emulator: Emulator): Promise<Options> {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const { token, refreshToken } = await emulator.createUser();
  return { token, refreshToken, edgeUrl, supabaseUrl, supabaseKey };
}

function streamsClosed(flowith: Flowith): Promise<void> {
  const open = new Set(["stream", "sse"]);
  return new Promise((resolve) => {
    flowith.events.onConnection(({ channel, state }) => {
      if (state === "closed") open.delete(channel);
      if (open.size === 0) resolve();
    });
  });
}
