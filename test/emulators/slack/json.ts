/** A JSON object of which only the members that are asked for by name are known. */
export interface JsonObject {
  readonly [member: string]: unknown;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectsIn = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The object without the members that have no value: JSON has none of them either. */
export const compact = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** Every object at any depth, from the outside in. */
export const objectsBelow = (value: unknown): JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(objectsBelow);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsBelow)] : [];
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
