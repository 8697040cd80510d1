import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifestSchema = z.record(z.string(), z.unknown());

const read = (name: string): unknown =>
  manifestSchema.parse(JSON.parse(readFileSync(new URL(`../../../adapters/slack/${name}`, import.meta.url), 'utf8')));

/** The files that an operator pastes. */
export const SOCKET_MANIFEST = read('manifest.json');
export const HTTP_MANIFEST = read('manifest.http.json');
