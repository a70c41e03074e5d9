import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect } from "react";
import { useStore } from "../client/store.ts";
import { FileButton } from "../inputs/file-button.tsx";
import { InputList } from "../inputs/input-list.tsx";
import { isOnItsWay } from "../inputs/inputs.ts";
import { ModelSelect } from "../models/model-select.tsx";
import { useDesk } from "../shell/desk.ts";
import type { Conversation } from "./conversation.ts";
import type { Question } from "./question.ts";
import type { Turn } from "./turn.ts";

export interface ComposerProps {
  conversation: Conversation;
  /** The answer that is being written to the branch that is read. */
  live: Turn | undefined;
  onSend(question: Question): void;
  /** The field that the question is typed into. */
  field: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ conversation, live, onSend, field }: ComposerProps) {
  const desk = useDesk();
  const draft = useStore(conversation.draft);
  const inputs = useStore(desk.inputs.store);
  const model = useStore(desk.textModel);
  const isUploading = inputs.some(isOnItsWay);
  const canSend = draft.trim() !== "" && !isUploading;

  // A page of a conversation is there to be written in. Not where that would bring up a keyboard of glass.
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, [field]);

  function send(): void {
    if (live !== undefined || !canSend) return;
    const { pictures, references } = desk.inputs.take();
    conversation.draft.set(() => "");
    onSend({ text: [draft.trim(), ...references].join("\n"), pictures, model });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (live === undefined) send();
    else conversation.stop(live.key);
  }

  function key(event: KeyboardEvent): void {
    if (event.key === "Escape" && live !== undefined) conversation.stop(live.key);
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form className="composer" onSubmit={submit} aria-label="Ask">
      <InputList inputs={desk.inputs} />
      <textarea
        ref={field}
        aria-label="Message"
        placeholder="Ask anything"
        rows={1}
        value={draft}
        onChange={({ target }) => conversation.draft.set(() => target.value)}
        onKeyDown={key}
      />
      <div className="composer-row">
        <FileButton inputs={desk.inputs} />
        <ModelSelect
          media="text"
          fallback="gpt-4.1-nano"
          value={model}
          onChange={(modelId) => desk.textModel.set(() => modelId)}
        />
        {/* One button for both, which keeps the focus. */}
        <button
          type="submit"
          className="send"
          aria-label={live === undefined ? "Send" : "Stop"}
          disabled={live === undefined && !canSend}
        >
          {live === undefined ? <ArrowUp aria-hidden="true" /> : <Square aria-hidden="true" />}
        </button>
      </div>
    </form>
  );
}
