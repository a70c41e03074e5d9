"use client";

import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { Turn } from "./turn";

const transport = new DefaultChatTransport({ api: "/api/assistant" });

export function Assistant() {
  const [isCut, setIsCut] = useState(false);
  const { messages, sendMessage, regenerate, stop, status, error } = useChat({
    transport,
    onFinish: ({ finishReason }) => setIsCut(finishReason === "interrupted"),
  });
  const pictures = useRef<HTMLInputElement>(null);
  const isBusy = status === "submitted" || status === "streaming";
  const problem = isBusy ? undefined : problemOf(error, isCut);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text")).trim();
    if (isBusy || text === "") return;
    const files = pictures.current?.files;
    const sent = sendMessage(files ? { text, files } : { text });
    event.currentTarget.reset();
    return sent;
  }

  return (
    <>
      <div className="conversation">
        <div role="log" aria-label="Conversation" aria-busy={isBusy}>
          {messages.map((message) => (
            <Turn key={message.id} message={message} />
          ))}
          {status === "submitted" && <p>…</p>}
          {problem && (
            <p role="alert">
              {problem}{" "}
              <button type="button" onClick={() => regenerate()}>
                Try again
              </button>
            </p>
          )}
        </div>
      </div>
      <form onSubmit={submit}>
        <textarea name="text" aria-label="Message" required enterKeyHint="send" onKeyDown={sendOnEnter} />
        <label>
          Pictures <input ref={pictures} type="file" accept="image/*" multiple />
        </label>
        <button type="submit" disabled={isBusy}>
          Send
        </button>
        <button type="button" disabled={!isBusy} onClick={() => stop()}>
          Stop
        </button>
      </form>
    </>
  );
}

/** Errors of the route come in words, by its `onError`; a failed `fetch` is a TypeError. */
function problemOf(error: Error | undefined, isCut: boolean): string | undefined {
  if (error) return error instanceof TypeError ? "The server cannot be reached." : error.message;
  return isCut ? "The answer was cut short." : undefined;
}

/** Shift+Enter begins a new line; Enter that only ends the choice of a character does not send. */
function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
