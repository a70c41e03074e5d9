import type { ChatEvent } from "../../backend/chat.ts";
import type { SseMessage } from "../../http/sse.ts";
import {
  ending,
  type MessageHead,
  messageBody,
  textBlock,
  thinkingBlock,
  toolInput,
  toolUseBlock,
  usageBody,
} from "./message.ts";

/** The events of a message. The first waits for the model, so that what fails before it has a status of its own. */
export async function* messageStream(
  head: MessageHead,
  events: AsyncIterable<ChatEvent>,
): AsyncGenerator<SseMessage, undefined> {
  let hasBegun = false;
  const blocks = new Blocks();
  for await (const event of events) {
    if (!hasBegun) yield message("message_start", { message: messageBody(head) });
    hasBegun = true;
    switch (event.type) {
      case "reasoning":
        if (!head.showsThinking) break;
        yield* blocks.within("thinking", thinkingBlock(""));
        yield blocks.delta({ type: "thinking_delta", thinking: event.delta });
        break;
      case "text":
        yield* blocks.within("text", textBlock(""));
        yield blocks.delta({ type: "text_delta", text: event.delta });
        break;
      case "tool-call":
        yield* blocks.end();
        yield* blocks.within("tool_use", toolUseBlock(event));
        yield blocks.delta({
          type: "input_json_delta",
          partial_json: JSON.stringify(toolInput(event.argumentsText)),
        });
        break;
      case "finish":
        yield* blocks.end();
        yield message("message_delta", { delta: ending(event), usage: usageBody(event.usage) });
        yield message("message_stop", {});
        return;
    }
  }
}

/** The blocks of a message, one open at a time. */
class Blocks {
  #index = -1;
  #open: string | undefined;

  /** Opens a block, unless one of the type is open. */
  *within(type: string, block: Record<string, unknown>): Generator<SseMessage> {
    if (this.#open === type) return;
    yield* this.end();
    this.#open = type;
    this.#index += 1;
    yield message("content_block_start", { index: this.#index, content_block: block });
  }

  delta(delta: Record<string, unknown>): SseMessage {
    return message("content_block_delta", { index: this.#index, delta });
  }

  *end(): Generator<SseMessage> {
    if (this.#open !== undefined) yield message("content_block_stop", { index: this.#index });
    this.#open = undefined;
  }
}

function message(type: string, fields: Record<string, unknown>): SseMessage {
  return { event: type, data: JSON.stringify({ type, ...fields }) };
}
