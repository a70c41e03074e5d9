import { startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { expect, it } from "vitest";

/** States that so many jobs at once through one client are all right; on an emulator of their own, which they keep busy. */
export function describeManyJobs(count: number): void {
  it(`${count} jobs at once through one client are all right`, { timeout: 300_000 }, async () => {
    await using emulator = await startEmulator({ replay: false, seed: false });
    const user = await emulator.createUser({ credits: 10_000_000 });
    const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
    await using flowith = new Flowith({ edgeUrl, supabaseUrl, supabaseKey, token: user.token });
    const jobs = Array.from({ length: count }, (_, index) => flowith.generate(`Say ${index}.`));
    const ends = await Promise.allSettled(jobs);
    expect(ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : []))).toEqual([]);
    for (const [index, end] of ends.entries()) {
      if (end.status === "fulfilled") expect(end.value.text).toContain(`Say ${index}.`);
    }
  });
}
