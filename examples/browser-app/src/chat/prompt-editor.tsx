import { type KeyboardEvent, useState } from "react";

export interface PromptEditorProps {
  text: string;
  onCancel(): void;
  onSend(text: string): void;
}

/** A prompt that is asked anew, in other words. The first one stays as a branch. */
export function PromptEditor({ text: before, onCancel, onSend }: PromptEditorProps) {
  const [text, setText] = useState(before);

  function key(event: KeyboardEvent): void {
    if (event.key === "Escape") onCancel();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (text.trim() !== "") onSend(text);
  }

  return (
    <form
      className="prompt-editor"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text);
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked to write here
        autoFocus
        aria-label="Ask in other words"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={key}
      />
      <div className="actions">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="primary" disabled={text.trim() === ""}>
          Ask this
        </button>
      </div>
    </form>
  );
}
