import { useStore } from "../client/store.ts";
import { useDesk } from "../shell/desk.ts";

export interface ModelSelectProps {
  media: "text" | "image" | "video";
  /** What the SDK takes where nothing is chosen; shown until the list is there. */
  fallback: string;
  value: string | undefined;
  onChange(modelId: string): void;
}

/** The models for one kind of answer. */
export function ModelSelect({ media, fallback, value, onChange }: ModelSelectProps) {
  const { value: models } = useStore(useDesk().models.store);
  const fitting = models?.filter((model) => (model.media ?? "text") === media) ?? [];
  const current = value ?? fallback;
  const isListed = fitting.some(({ modelId }) => modelId === current);
  return (
    <select aria-label="Model" value={current} onChange={({ target }) => onChange(target.value)}>
      {!isListed && <option value={current}>{current}</option>}
      {fitting.map(({ modelId, title }) => (
        <option key={modelId} value={modelId}>
          {title}
        </option>
      ))}
    </select>
  );
}
