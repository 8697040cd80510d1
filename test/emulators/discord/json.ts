export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** What goes over the wire. A property that is undefined is not sent. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The objects of a list; anything else is no list. */
export const objectsOf = (value: Json | undefined): readonly JsonObject[] => (isJsonArray(value) ? value.filter(isObject) : []);

/** Ids and numbers of files come as text or as numbers. */
export const idOf = (value: Json | undefined): string =>
  typeof value === 'number' ? value.toString() : typeof value === 'string' ? value : '';

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** As the other side would read it: undefined properties gone, nothing shared with the original. */
export function plain(value: unknown): Json {
  const parsed: Json = JSON.parse(JSON.stringify(value ?? null));
  return parsed;
}

export function plainObject(value: unknown): JsonObject {
  const parsed = plain(value);
  return isObject(parsed) ? parsed : {};
}

/** Null says "nothing" in what is sent; in what is kept it is left out, at every depth. */
export function withoutNull(object: JsonObject): JsonObject {
  const clean = (value: Json): Json => (isJsonArray(value) ? value.map(clean) : isObject(value) ? withoutNull(value) : value);
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, clean(value)]])),
  );
}
