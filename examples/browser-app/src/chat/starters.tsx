const STARTERS = ["Write a haiku about streams.", "What is the capital of Poland?", "Write 300 words."];

/** For a page with nothing in it: what one could ask. */
export function Starters({ onChosen }: { onChosen(text: string): void }) {
  return (
    <div className="starters">
      <h2>What is on your mind?</h2>
      <p className="soft">Ask, or drop a picture or a file here and ask about it.</p>
      <ul>
        {STARTERS.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => onChosen(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
