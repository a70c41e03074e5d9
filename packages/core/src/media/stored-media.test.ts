import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import { storedMedia } from "./stored-media.ts";

/** A file host with one answer for everything. */
function mediaOf(contentType: string, body: string) {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: async () => new Response(body, { headers: { "content-type": contentType } }),
    middleware: [],
    headers: {},
    maxRetries: 0,
    logger: leveledLogger(undefined, "silent"),
  });
  const refuse = async (): Promise<never> => {
    throw new Error("nothing is saved here");
  };
  return storedMedia({ transport, files: { save: refuse } });
}

const url = "https://files.example/notes";

describe("media", () => {
  it("gives the bytes of what lies there", async () => {
    const media = mediaOf("image/png", "picture")(url, { model: "painter" });
    expect({ url: media.url, model: media.model }).toEqual({ url, model: "painter" });
    expect(new TextDecoder().decode(await media.bytes())).toBe("picture");
  });

  it.each(["application/json", "text/html"])("takes %s for the file only where it is asked for", async (mimeType) => {
    const media = mediaOf(mimeType, "{}");
    await expect(media(url).bytes()).rejects.toBeInstanceOf(ResponseShapeError);
    expect(new TextDecoder().decode(await media(url, { mimeType }).bytes())).toBe("{}");
  });

  it.each(["", "cat.png", "javascript:alert(1)", "https://user:secret@files.example/"])(
    "refuses %j before any request",
    (unfit) => {
      const asked = (): unknown => mediaOf("image/png", "")(unfit);
      expect(asked).toThrow(InvalidArgumentError);
      expect(asked).not.toThrow("secret");
    },
  );
});
