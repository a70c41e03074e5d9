const startedAtMs = performance.now();
const { default: ky } = await import("ky");
ky.create({ retry: 0 });
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);

export {};
