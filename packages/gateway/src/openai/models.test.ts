import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { useService } from "../testing/service.ts";

const service = useService();

describe.each(["token", "apiKey"] as const)("models by the %s", (signIn) => {
  it("are listed", async () => {
    const user = await service.user();
    const { data: models } = await service.openai(user[signIn]).models.list();
    expect(models.map(({ id }) => id)).toContain("gpt-4.1-nano");
    expect(models.every(({ object }) => object === "model")).toBe(true);
  });

  it("are found by their ids, and only by these", async () => {
    const user = await service.user();
    const { models } = service.openai(user[signIn]);
    expect(await models.retrieve("gpt-4.1-nano")).toMatchObject({ id: "gpt-4.1-nano", owned_by: "flowith" });
    await expect(models.retrieve("none/such")).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });
});
