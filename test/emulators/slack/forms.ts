import type { Ask } from './http.ts';

export type Form = { [name: string]: string };

/** The fields of a call as the SDK sends them, or what is wrong with how they came. A field that comes twice is wrong too. */
export function readForm({ headers, body, method }: Ask): { readonly form: Form; readonly error: string | undefined } {
  const [type] = (headers['content-type'] ?? '').split(';');
  if (method !== 'POST') return { form: {}, error: 'invalid_http_method' };
  if (type !== 'application/x-www-form-urlencoded') return { form: {}, error: 'invalid_post_type' };
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(body.toString())) {
    if (name in form) return { form, error: `duplicate_field_${name}` };
    form[name] = value;
  }
  return { form, error: undefined };
}

/** The one file in a multipart body: the SDK sends the bytes of an upload so. */
export async function readUpload({ headers, body }: Ask): Promise<Buffer | undefined> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  const [file] = files;
  return files.length === 1 && file !== undefined ? Buffer.from(await file.arrayBuffer()) : undefined;
}

export const bearerOf = ({ headers }: Ask): string | undefined => /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
