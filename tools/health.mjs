// `node tools/health.mjs <port>`: exit code 0 when the program on this machine answers GET /health with a 2xx, else 1. For containers.
const LIMIT_MS = 4000;

try {
  const answer = await fetch(`http://127.0.0.1:${process.argv[2]}/health`, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 500)}`);
} catch (error) {
  console.error(`unhealthy: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
