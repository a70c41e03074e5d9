import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { chatMessages } from "./chat-messages.ts";
import { messageRequest } from "./request-schema.ts";

function converted(request: { system?: unknown; messages: unknown[] }) {
  const { system, messages } = v.parse(messageRequest, { model: "m", max_tokens: 1, ...request });
  return chatMessages(system, messages);
}

const picture = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
const shown = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };

describe("a history becomes", () => {
  it("answers of tools first, each a message, then their pictures and what the user says", () => {
    const content = [
      { type: "text", text: "Go on." },
      { type: "tool_result", tool_use_id: "a", content: [{ type: "text", text: "one" }, picture] },
      { type: "tool_result", tool_use_id: "b", content: "no such file", is_error: true },
      { type: "tool_result", tool_use_id: "c" },
    ];
    expect(converted({ messages: [{ role: "user", content }] })).toEqual([
      { role: "tool", tool_call_id: "a", content: "one" },
      { role: "tool", tool_call_id: "b", content: "The tool failed:\n\nno such file" },
      { role: "tool", tool_call_id: "c", content: "" },
      {
        role: "user",
        content: [{ type: "text", text: "Go on." }, { type: "text", text: "Pictures of the tool's answer a:" }, shown],
      },
    ]);
  });

  it("words and calls of an assistant, without its thinking", () => {
    const content = [
      { type: "thinking", thinking: "Hm.", signature: "x" },
      { type: "text", text: "Look." },
      { type: "tool_use", id: "a", name: "read", input: { path: "x" } },
      { type: "server_tool_use", id: "s", name: "web_search", input: {} },
    ];
    expect(converted({ messages: [{ role: "assistant", content }] })).toEqual([
      {
        role: "assistant",
        content: "Look.",
        tool_calls: [{ id: "a", type: "function", function: { name: "read", arguments: '{"path":"x"}' } }],
      },
    ]);
  });

  it("system texts, wherever they stand", () => {
    const system = [
      { type: "text", text: "Be brief." },
      { type: "text", text: "Be kind." },
    ];
    const messages = [
      { role: "user", content: "Hi" },
      { role: "system", content: "It is late." },
    ];
    expect(converted({ system, messages })).toEqual([
      { role: "system", content: "Be brief.\n\nBe kind." },
      { role: "user", content: "Hi" },
      { role: "system", content: "It is late." },
    ]);
    expect(converted({ system: "", messages: [{ role: "user", content: "Hi" }] })).toHaveLength(1);
  });

  it("documents and results of searches as texts, with their titles", () => {
    const content = [
      { type: "document", title: "Ports", context: "Of Poland", source: { type: "text", data: "Gdynia" } },
      { type: "document", source: { type: "content", content: [{ type: "text", text: "Hel" }, picture] } },
      { type: "search_result", source: "https://a.example", title: "A", content: [{ type: "text", text: "found" }] },
    ];
    expect(converted({ messages: [{ role: "user", content }] })).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "Ports\nOf Poland" },
          { type: "text", text: "Gdynia" },
          { type: "text", text: "Hel" },
          shown,
          { type: "text", text: "A\nhttps://a.example\n\nfound" },
        ],
      },
    ]);
  });
});
