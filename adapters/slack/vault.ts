import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { jsonSchema, type Json } from '#src/core/request.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps what must not be read by whoever gets hold of the database: AES-256-GCM, each text bound to its place. */
export interface Vault {
  lock(place: string, content: Json): string;
  /** Undefined for what was locked by another secret, in another place, or changed since. */
  unlock(place: string, locked: string): Json | undefined;
  /** A secret of its own for another purpose. */
  derive(purpose: string): string;
}

export function createVault(secret: string): Vault {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'hoami', 'slack installations', 32));
  return {
    lock(place, content) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    unlock(place, locked) {
      if (!locked.startsWith('v1.')) return undefined;
      const bytes = Buffer.from(locked.slice('v1.'.length), 'base64url');
      if (bytes.length <= NONCE_BYTES + TAG_BYTES) return undefined;
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
        const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
        return jsonSchema.parse(JSON.parse(text));
      } catch {
        return undefined;
      }
    },
    derive: (purpose) => createHmac('sha256', key).update(purpose).digest('base64url'),
  };
}
