const startedAtMs = performance.now();
const { Flowith } = await import("flowith-webapi/node");
new Flowith({ token: "a.b.c" });
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);

export {};
