import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSecret } from '#src/main/secret.ts';

it('makes a key that only this account can read, once, unless one is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secret-'));
  try {
    expect(readSecret('given', folder)).toBe('given');
    const made = readSecret(undefined, join(folder, 'data'));
    expect(made.length).toBeGreaterThanOrEqual(43);
    expect(readSecret(undefined, join(folder, 'data'))).toBe(made);
    const { mode } = await stat(join(folder, 'data', 'secret.key'));
    expect(mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
});
