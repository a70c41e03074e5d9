import { Assistant } from "./assistant";

export const metadata = { title: "Assistant" };

export default function Page() {
  return (
    <main>
      <h1>Assistant</h1>
      <Assistant />
    </main>
  );
}
