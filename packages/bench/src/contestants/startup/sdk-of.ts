// The built SDK of another folder, in the words of sdk.ts. It is resolved as a file of that package would resolve it.
const { folder } = JSON.parse(process.argv[2] ?? "{}");
const entry = import.meta.resolve("flowith-webapi/node", new URL(`file://${folder}/packages/sdk/package.json`));
const startedAtMs = performance.now();
const { Flowith } = await import(entry);
new Flowith({ token: "a.b.c" });
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);

export {};
