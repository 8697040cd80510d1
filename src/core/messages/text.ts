import type { Language } from '../request.ts';

/** One sentence in both languages, with `{placeholders}`. */
export type Text = Readonly<Record<Language, string>>;

/** The names between braces in a sentence. */
export type Placeholders<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Puts values in the places of their names. A place without a value stays empty rather than show a brace to a person. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
