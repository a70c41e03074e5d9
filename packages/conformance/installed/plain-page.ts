/** A page without a bundler, which imports the one file of the package and posts what it found. */
export function plainPage(file: string, { options, email, password }: PlainPageAccount): string {
  return `<!doctype html><link rel="icon" href="data:,"><script type="module">
import { Flowith } from "${file}";
const clicked = [];
HTMLAnchorElement.prototype.click = function () {
  const { download, href } = this;
  clicked.push(fetch(href).then((answer) => answer.blob()).then(({ size, type }) => ({ download, size, type })));
};
const find = async () => {
  const flowith = new Flowith(${JSON.stringify(options)});
  await flowith.auth.signInWithPassword(${JSON.stringify({ email, password })});
  const { text } = await flowith.generate("What is the capital of Poland?");
  let joined = "";
  for await (const { textDelta } of flowith.generateStream("What is the capital of Poland?")) joined += textDelta;
  const { image } = await flowith.generateImage("A boat");
  const { sizeBytes } = await image.save(undefined, { filename: "boat" });
  return { email: (await flowith.auth.user()).email, text, joined, sizeBytes, downloads: await Promise.all(clicked) };
};
const found = await find().catch((error) => String(error));
await fetch("/found", { method: "POST", body: JSON.stringify(found) });
</script>`;
}

export interface PlainPageAccount {
  options: { edgeUrl: string; supabaseUrl: string; supabaseKey: string };
  email: string;
  password: string;
}

/**
 * The README's page: the package's file is here, its questions are answered, its requests go to the emulator, and what it
 * shows in the end is posted.
 */
export function readmePage(html: string, file: string, { options, email, password }: PlainPageAccount): string {
  const { edgeUrl, supabaseUrl } = options;
  const scene = `<!doctype html><link rel="icon" href="data:,"><body><script>
const plain = fetch;
globalThis.fetch = (url, init) => {
  const { host, pathname, search } = new URL(url);
  const base = host.startsWith("edge.") ? "${edgeUrl}" : "${supabaseUrl}";
  return plain(base + pathname + search, init);
};
globalThis.prompt = (what) => (what === "Password" ? "${password}" : "${email}");
const show = () => plain("/found", { method: "POST", body: JSON.stringify(document.querySelector("output")?.textContent) });
</script>`;
  return scene + html.replace(/https:[^"]+flowith\.min\.js/, file).replace("</script>", "await show();\n</script>");
}
