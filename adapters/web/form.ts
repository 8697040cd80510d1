import { z } from 'zod';
import { WEB_LIMITS } from './config.ts';
import { PARTS, type Part } from './wish.ts';

/** A picture as it was sent. */
export interface PostedPicture {
  readonly part: Part;
  readonly bytes: Uint8Array;
}

export interface PostedForm {
  /** Every field that is text, by its name. */
  readonly fields: Readonly<Record<string, string>>;
  /** In the order of their names in `PARTS`: what is worked on comes first. */
  readonly pictures: readonly PostedPicture[];
}

/** One boundary and nothing else, so that the parser cannot find another one in it. Browsers and programs write it so. */
const FORM_TYPE = /^multipart\/form-data;\s*boundary=(?:"([\w'()+,./:=?-]{1,70})"|([\w'()+,./:=?-]{1,70}))$/i;
const fileSchema = z.instanceof(File);

export const isForm = (type: string | undefined): boolean => type?.toLowerCase().startsWith('multipart/form-data') ?? false;

/** Undefined when the body is not a form such as the page sends. A form of very many parts is not read at all: that would take seconds. */
export async function readForm(body: ArrayBuffer, type: string): Promise<PostedForm | undefined> {
  const [, quoted, plain] = FORM_TYPE.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || hasMany(Buffer.from(body), `--${boundary}`)) return undefined;
  const form = await new Response(body, { headers: { 'Content-Type': type } }).formData().catch(() => undefined);
  if (form === undefined) return undefined;
  const sent = PARTS.flatMap((part) => form.getAll(part).map((value) => ({ part, file: fileSchema.safeParse(value).data })));
  if (sent.some(({ file }) => file === undefined)) return undefined;
  const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string');
  const pictures = await Promise.all(sent.map(async ({ part, file }) => picturesOf(part, file)));
  return { fields: Object.fromEntries(fields), pictures: pictures.flat() };
}

async function picturesOf(part: Part, file: File | undefined): Promise<readonly PostedPicture[]> {
  // An empty file field is sent as a file without name and bytes.
  if (file === undefined || (file.name === '' && file.size === 0)) return [];
  return [{ part, bytes: new Uint8Array(await file.arrayBuffer()) }];
}

/** Whether a mark is there more often than in a form with as many parts as anybody sends. */
function hasMany(body: Buffer, mark: string): boolean {
  let at = -1;
  for (let count = 0; count <= WEB_LIMITS.formParts + 1; count += 1) {
    at = body.indexOf(mark, at + 1, 'latin1');
    if (at === -1) return false;
  }
  return true;
}
