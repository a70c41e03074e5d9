import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";
import { cases } from "../src/index.ts";
import { recordCases } from "./record-cases.ts";
import { recordLines } from "./record-lines.ts";

const IDS = [
  "text: answers a prompt and says where it is kept",
  "auth: a sign-in through a provider goes by PKCE and ends in a session",
  "content: models are listed without a token, and with one where there is one",
  "bad input: an empty prompt is refused before any request",
];

async function record(): Promise<string[]> {
  await using emulator = await startEmulator({ replay: false, firstEventMs: 20 });
  const addresses = { emulator: emulator.url, files: `http://localhost:${new URL(emulator.url).port}` };
  return recordLines(
    await recordCases(
      emulator,
      cases.filter(({ id }) => IDS.includes(id)),
    ),
    addresses,
  );
}

it("writes the same of two runs: what was sent with a token, without one, and not at all", async () => {
  const lines = await record();
  expect(lines.join("\n")).toMatch(/"request":"POST \/completion\/async".*"nodeId":"<uuid \d>"/);
  expect(lines.join("\n")).toMatch(/"request":"GET \/auth\/v1\/authorize".*"code_challenge":"<challenge 1>"/);
  expect(lines.filter((line) => line.includes('"GET /models"'))).toHaveLength(2);
  expect(lines).toContain(`{"case":"${IDS[3]}","times":0}`);
  expect(await record()).toEqual(lines);
});
