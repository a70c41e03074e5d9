import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from "react";
import type { Inputs } from "./inputs.ts";

/** Takes files that are dropped anywhere on it, or pasted into it. */
export function DropArea({ inputs, className, children }: { inputs: Inputs; className: string; children: ReactNode }) {
  const [isOver, setOver] = useState(false);

  function over(event: DragEvent): void {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  }

  function left(event: DragEvent): void {
    // To a part of it is not out of it.
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    setOver(false);
  }

  function drop(event: DragEvent): void {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    inputs.add(event.dataTransfer.files);
  }

  function paste(event: ClipboardEvent): void {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    inputs.add(event.clipboardData.files);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys have the button for files
    <div className={className} onDragOver={over} onDragLeave={left} onDrop={drop} onPaste={paste}>
      {children}
      {isOver && <div className="drop-sign">Drop files to send them along</div>}
    </div>
  );
}
