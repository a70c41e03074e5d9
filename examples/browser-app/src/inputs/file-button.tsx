import { Paperclip } from "lucide-react";
import { useRef } from "react";
import type { Inputs } from "./inputs.ts";

export function FileButton({ inputs }: { inputs: Inputs }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="icon" aria-label="Add files" onClick={() => field.current?.click()}>
        <Paperclip aria-hidden="true" />
      </button>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={({ target }) => {
          inputs.add(target.files ?? []);
          target.value = "";
        }}
      />
    </>
  );
}
