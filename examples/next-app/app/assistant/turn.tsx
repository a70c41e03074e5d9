import type { UIMessage } from "ai";

/** What one of the two has said. */
export function Turn({ message: { id, role, parts } }: { message: UIMessage }) {
  return (
    <article className={role} aria-label={role === "user" ? "You" : "Assistant"}>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, are only added, and never move
        <Part key={`${id}-${place}`} part={part} />
      ))}
    </article>
  );
}

function Part({ part }: { part: UIMessage["parts"][number] }) {
  switch (part.type) {
    case "text":
      return <p>{part.text}</p>;
    case "reasoning":
      return (
        <details>
          <summary>{part.state === "streaming" ? "Reasoning…" : "Reasoning"}</summary>
          {part.text.trim()}
        </details>
      );
    case "file":
      return part.mediaType.startsWith("image/") ? (
        <img src={part.url} alt={part.filename ?? "A picture"} />
      ) : (
        <p>{part.filename}</p>
      );
    default:
      return null;
  }
}
