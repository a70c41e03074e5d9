import { describe, expect, it } from "vitest";
import { shows } from "./page-words.ts";
import { signedIn, type World } from "./world.ts";

export function testKnowledge(theWorld: () => World): void {
  describe("knowledge, credits and models", () => {
    it("answers out of documents, and shows the passages", async () => {
      const { tab, user } = await signedIn(theWorld());
      const documents = [{ title: "Ferry", text: "On Sundays the ferry leaves at nine." }];
      const response = await fetch(`${theWorld().emulator.edgeUrl}/__emulator/knowledge-bases`, {
        method: "POST",
        body: JSON.stringify({ userId: user.id, documents }),
      });
      const { id } = Object(await response.json());
      await tab.click("link", "Knowledge");
      await tab.type("API key", user.apiKey);
      await tab.type("Ids of knowledge bases", id);
      await tab.type("Question", "When does the ferry leave on Sundays?");
      await tab.press("Enter");
      await tab.until(
        `${shows("Sources")} && ${shows("Ferry")} && document.querySelector("[role=log]").ariaBusy === "false"`,
      );
      await tab.evaluate(`document.querySelector(".sources summary").click()`);
      expect(await tab.evaluate(`document.querySelector(".sources blockquote").innerText`)).toContain("at nine");
    });

    it("says that a key is none", async () => {
      const { tab } = await signedIn(theWorld());
      await tab.click("link", "Knowledge");
      await tab.type("API key", "nonsense");
      await tab.type("Ids of knowledge bases", "0b000000-0000-4000-8000-000000000001");
      await tab.type("Question", "When?");
      await tab.press("Enter");
      await tab.until(`document.querySelector("[role=alert]") !== null`);
      expect(await tab.evaluate(`document.querySelector("[role=alert]").innerText`)).toContain("key");
    });

    it("shows what is left, and what models can do", async () => {
      const { tab } = await signedIn(theWorld(), 321);
      await tab.click("link", "Account");
      await tab.until(`${shows("321 left")} && ${shows("Seedance 2.0 Fast")} && ${shows("4, 5, 8, 10")}`);
    });
  });
}
