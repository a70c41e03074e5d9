// Asks for a text, shows it word by word, and draws a picture of it: node main.ts "a lighthouse in a storm"
import { Flowith, FlowithError, fileJobStore } from "flowith-webapi";

const subject = process.argv[2] ?? "a lighthouse in a storm";
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort(new Error("interrupted")));
const { signal } = interrupted;

// A job that is paid for is found again by the next run, should this one end early.
const flowith = Flowith.fromEnv({ jobStore: fileJobStore("./jobs") });

try {
  for (const job of await flowith.jobs.pending()) console.error("found again:", await job.wait({ signal }));

  const stream = flowith.generateStream(`Two lines of verse about ${subject}.`, { signal });
  for await (const { reasoningDelta, textDelta } of stream) {
    process.stderr.write(reasoningDelta);
    process.stdout.write(textDelta);
  }

  const { image } = await flowith.generateImage(subject, {
    aspectRatio: "16:9",
    signal,
    onProgress: ({ phase, elapsedMs }) => console.error(`picture: ${phase}, ${Math.round(elapsedMs / 1000)} s`),
  });
  const { location, sizeBytes } = await image.save("./pictures", { signal });
  console.log(`\n${location} (${sizeBytes} bytes)`);
} catch (error) {
  if (!FlowithError.is(error) && !signal.aborted) throw error;
  console.error(String(error));
  process.exitCode = signal.aborted ? 130 : 1;
}
