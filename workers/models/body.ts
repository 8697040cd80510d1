import type { Field, RequestBody } from './spec.ts';

/** Writes a body as JSON. Pictures of megabytes are joined to it as bytes, without being looked through for quotation marks. */
export function encodeBody({ fields, pictures }: RequestBody): Uint8Array {
  return Buffer.concat([...parts({ ...fields, ...pictures })]);
}

function* parts(field: Field): Generator<Buffer, void> {
  if (field instanceof Uint8Array) {
    const base64 = Buffer.from(field.buffer, field.byteOffset, field.byteLength).toString('base64');
    yield Buffer.from(`"${base64}"`, 'latin1');
  } else if (isList(field)) {
    yield* joined(
      '[',
      ']',
      field.map((item) => ['', item] as const),
    );
  } else if (typeof field === 'object') {
    yield* joined(
      '{',
      '}',
      Object.entries(field).map(([name, value]) => [`${JSON.stringify(name)}:`, value] as const),
    );
  } else {
    yield Buffer.from(JSON.stringify(field));
  }
}

function* joined(open: string, close: string, members: readonly (readonly [name: string, value: Field])[]): Generator<Buffer, void> {
  let separator = open;
  for (const [name, value] of members) {
    yield Buffer.from(`${separator}${name}`);
    yield* parts(value);
    separator = ',';
  }
  yield Buffer.from(members.length === 0 ? `${open}${close}` : close);
}

const isList = (field: Field): field is readonly Field[] => Array.isArray(field);
