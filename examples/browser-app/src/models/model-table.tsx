import type { ModelInfo } from "flowith-webapi";
import { useStore } from "../client/store.ts";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { abilities } from "./abilities.ts";

/** The models, and what each of them can do. */
export function ModelTable() {
  const desk = useDesk();
  const { value: models, problem } = useStore(desk.models.store);
  return (
    <section aria-labelledby="models">
      <h2 id="models">Models</h2>
      {problem !== undefined && (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void desk.models.load()}>
            Try again
          </button>
        </ProblemNote>
      )}
      <ul className="models">
        {models?.map((model) => (
          <Model key={model.modelId} model={model} />
        ))}
      </ul>
    </section>
  );
}

function Model({ model }: { model: ModelInfo }) {
  const { title, modelId, media, tier, description } = model;
  return (
    <li>
      <h3>{title}</h3>
      <p className="tags">
        <span>{media ?? "text"}</span>
        {tier && <span>{tier}</span>}
      </p>
      <code>{modelId}</code>
      {description && <p className="soft">{description}</p>}
      <dl>
        {abilities(model).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
