import { Flowith, type GeneratedImage } from "flowith-webapi";
import type { Task } from "./task.ts";
import { TOKEN } from "./wire.ts";

/** Two pictures by the SDK, of 1 KiB and of the task's size. */
export async function makePictures(task: Task): Promise<{ small: GeneratedImage; large: GeneratedImage }> {
  const flowith = new Flowith({ token: TOKEN, edgeUrl: task.url, supabaseUrl: task.url });
  const [{ image: small }, { image: large }] = await Promise.all([
    flowith.generateImage("1024"),
    flowith.generateImage(String(task.fileBytes)),
  ]);
  return { small, large };
}
