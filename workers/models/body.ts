import type { RequestBody } from './spec.ts';

/** Writes a body as JSON. Pictures of megabytes are joined to it as bytes, without being looked through for quotation marks. */
export function encodeBody({ fields, pictures }: RequestBody): Uint8Array {
  const parts: Buffer[] = [];
  let separator = '{';
  for (const [name, value] of Object.entries(fields)) {
    parts.push(Buffer.from(`${separator}${JSON.stringify(name)}:${JSON.stringify(value)}`));
    separator = ',';
  }
  for (const [name, bytes] of Object.entries(pictures)) {
    const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    parts.push(Buffer.from(`${separator}${JSON.stringify(name)}:"`), Buffer.from(base64, 'latin1'), Buffer.from('"'));
    separator = ',';
  }
  parts.push(Buffer.from(separator === '{' ? '{}' : '}'));
  return Buffer.concat(parts);
}
