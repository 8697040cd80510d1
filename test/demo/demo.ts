import { startProduct } from './product.ts';
import { openServer } from './server.ts';
import type { Stage } from './stage.ts';

export interface Demo {
  readonly url: string;
  readonly stage: Stage;
  /** Resolves when the product has ended, by itself or because the demo was closed. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

/** The stand-in, the product against it, and the page that shows both. `settings` are the product's own. */
export async function openDemo(stage: Stage, port = 0, settings: Readonly<Record<string, string>> = {}): Promise<Demo> {
  const product = await startProduct({ ...stage.environment, ...settings }).catch(async (error: unknown) => {
    await stage.close();
    throw error;
  });
  await stage.connected();
  const server = await openServer(stage, port);
  return {
    url: server.url,
    stage,
    ended: product.ended,
    async close() {
      await server.close();
      await product.stop();
      await stage.close();
    },
  };
}

/** Runs a demo until somebody ends it. A port that is taken is no reason not to begin. */
export async function runDemo(stage: Stage, port: number): Promise<void> {
  const settings = { HOAMI_SANDBOX_MODEL_MS: process.env['HOAMI_SANDBOX_MODEL_MS'] ?? '2500' };
  const demo = await openDemo(stage, Number(process.env['PORT'] ?? port), settings);
  const names = stage.people.map(({ name, locale, isAdmin }) => `${name} (${locale.slice(0, 2)}${isAdmin ? ', admin' : ''})`);
  process.stdout.write(`\n  Open  ${demo.url}\n  Be    ${names.join(', ')}\n  End   Ctrl-C\n\n`);
  // npm and the terminal both pass a signal on: the second must not end what the first has begun to close.
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= demo.close());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
  const code = await demo.ended;
  const wasAsked = closing !== undefined;
  await close();
  process.exitCode = wasAsked ? 0 : (code ?? 1);
}
