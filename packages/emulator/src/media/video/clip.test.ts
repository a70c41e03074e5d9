import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startEmulator } from "../../start-emulator.ts";
import { chromium } from "../../testing/chromium.ts";
import { clipSize, makeClip } from "./clip.ts";

const place = chromium.find();
if (place === undefined) {
  process.stderr.write("\n!!! No clip was played: there is no Chromium here (set CHROMIUM_PATH)\n\n");
}

const page = (clip: string, report: string): string => `<!doctype html><video muted></video><script>
  const video = document.querySelector("video");
  const say = (words) => fetch("${report}?" + new URLSearchParams(words));
  video.onerror = () => say({ error: video.error?.message });
  video.onloadedmetadata = () => { video.playbackRate = 4; video.play(); };
  video.onended = () => {
    const { width, height } = { width: video.videoWidth, height: video.videoHeight };
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0);
    const [red, green, blue] = context.getImageData(width * 0.9, height * 0.3, 1, 1).data;
    say({ width, height, seconds: video.duration, frames: video.getVideoPlaybackQuality().totalVideoFrames, red, green, blue });
  };
  video.crossOrigin = "anonymous";
  video.src = "${clip}";
</script>`;

it.skipIf(place === undefined)(
  "plays to its end in Chromium, and shows the ball where it went",
  { timeout: 60_000 },
  async () => {
    await using emulator = await startEmulator();
    const user = await emulator.createUser();
    const store = async (name: string, type: string, content: BlobPart): Promise<string> => {
      const body = new FormData();
      body.set("file", new File([content], name, { type }));
      const headers = { authorization: user.token };
      const { url }: { url: string } = await (
        await fetch(`${emulator.edgeUrl}/file/store`, { method: "POST", headers, body })
      ).json();
      return url;
    };
    const size = clipSize("16:9") ?? { width: 0, height: 0 };
    const clip = await makeClip("A yellow banana", { ...size, durationSeconds: 4, audio: true });
    const clipUrl = await store("clip.mp4", "video/mp4", clip);
    const url = await store("page.html", "text/html", page(clipUrl, `${emulator.edgeUrl}/played`));
    const profile = await mkdtemp(join(tmpdir(), "flowith-chromium-"));
    const browser = await chromium.open(place ?? "", profile, url);
    try {
      const report = await emulator.journal.waitFor({ route: "GET /played" }, 50_000);
      const seen = Object.fromEntries(new URLSearchParams(report?.query ?? ""));
      expect(seen).toMatchObject({ width: "320", height: "176", frames: "24" });
      expect(Number(seen.seconds)).toBeCloseTo(4);
      // the ball is as yellow at the end of its way as it was drawn: red and green high, blue low
      expect(Number(seen.red)).toBeGreaterThan(180);
      expect(Number(seen.green)).toBeGreaterThan(150);
      expect(Number(seen.blue)).toBeLessThan(120);
    } finally {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);
