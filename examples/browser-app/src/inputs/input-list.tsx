import { FileText, X } from "lucide-react";
import { useStore } from "../client/store.ts";
import { inWords } from "../problems/in-words.ts";
import type { Input, Inputs } from "./inputs.ts";

/** What goes along with the next question. */
export function InputList({ inputs }: { inputs: Inputs }) {
  const list = useStore(inputs.store);
  if (list.length === 0) return null;
  return (
    <ul className="inputs" aria-label="Goes along">
      {list.map((input) => (
        <li key={input.key} className={input.problem === undefined ? "input" : "input failed"}>
          {input.isPicture && input.record ? <img src={input.record.url} alt="" /> : <FileText aria-hidden="true" />}
          <span className="input-name">{input.name}</span>
          <State input={input} />
          <button
            type="button"
            className="icon"
            aria-label={`Leave out ${input.name}`}
            onClick={() => inputs.remove(input.key)}
          >
            <X aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function State({ input: { record, problem, progress, name } }: { input: Input }) {
  if (problem !== undefined) {
    const { what, help } = inWords(problem);
    return (
      <span role="alert">
        {what} {help}
      </span>
    );
  }
  if (record !== undefined) return null;
  return <progress aria-label={`Upload of ${name}`} value={progress} />;
}
