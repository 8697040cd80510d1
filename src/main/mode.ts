import { join } from 'node:path';
import type { Config } from '../config.ts';

export type Mode =
  | { readonly kind: 'sandbox'; readonly why: 'no-credentials' | 'asked' }
  | { readonly kind: 'bedrock'; readonly region: string };

/** The sandbox keeps house in a folder of its own, so that its drawings and its play money are never among the real ones. From here on the
 * configuration says which of the two it is. */
export function keepApart(config: Config, mode: Mode): { readonly mode: Mode; readonly config: Config } {
  if (mode.kind === 'bedrock') return { mode, config: { ...config, sandbox: 'off' } };
  return { mode, config: { ...config, sandbox: 'on', dataDir: join(config.dataDir, 'sandbox') } };
}
