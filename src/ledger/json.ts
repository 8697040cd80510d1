import { jsonSchema, type Json } from '#src/core/request.ts';

/** Notes, not bytes: a picture belongs into the blobs. */
const TEXT_LENGTH_MAX = 256 * 1024;

/** A value as the ledger keeps it. Throws for what is no JSON or too long; `what` names it. */
export function toText(value: Json, what: string): string {
  const text = JSON.stringify(jsonSchema.parse(value));
  if (text.length > TEXT_LENGTH_MAX) throw new RangeError(`${what} is too long for the ledger`);
  return text;
}

/** Undefined for a text that this version cannot read. */
export function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
