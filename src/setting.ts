import { isIP } from 'node:net';
import { z } from 'zod';
import { say } from './core/messages.ts';
import { MICROS_PER_DOLLAR } from './core/money.ts';
import type { Language } from './core/request.ts';

/** One setting: how its text becomes a value, and what to say when it cannot. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string | undefined>;
  readonly say: (language: Language) => string;
}

export const text = z.string().optional();
export const setting = <Value>(schema: z.ZodType<Value, string | undefined>, sentence: Setting<Value>['say']): Setting<Value> => ({
  schema,
  say: sentence,
});

export function integer(fallback: number, min: number, max: number): Setting<number> {
  const schema = text.transform((value) => (value === undefined ? fallback : Number(value))).pipe(z.int().min(min).max(max));
  return setting(schema, (language) => say(language, 'config-number', { min, max }));
}

export function choice<const Choice extends string, Fallback extends Choice | undefined>(
  choices: readonly [Choice, ...Choice[]],
  fallback: Fallback,
): Setting<Choice | Fallback> {
  const schema = text.transform((value, context): Choice | Fallback => {
    const chosen = choices.find((one) => one === value);
    if (chosen === undefined && value !== undefined) context.addIssue('not one of the choices');
    return chosen ?? fallback;
  });
  return setting(schema, (language) => say(language, 'config-choice', { choices: choices.join(', ') }));
}

export function url(...schemes: readonly string[]): Setting<string | undefined> {
  // A PostgreSQL at a socket has no host; everything else is somewhere.
  const placed = (value: string): boolean => value.startsWith('postgres') || new URL(value).hostname !== '';
  const fits = (value: string): boolean => URL.canParse(value) && schemes.some((scheme) => value.startsWith(scheme)) && placed(value);
  return setting(text.pipe(z.string().refine(fits).optional()), (language) => say(language, 'config-url', { schemes: schemes.join(', ') }));
}

/** A name as DNS has it, without a port. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*\.?$/i;

export const host: Setting<string> = setting(
  text.transform((value) => value ?? '127.0.0.1').pipe(z.string().refine((value) => isIP(value) !== 0 || HOST_NAME.test(value))),
  (language) => say(language, 'config-host'),
);
export const hostNames: Setting<readonly string[]> = setting(
  text.transform((value) => namesIn(value ?? '')).pipe(z.array(z.string().regex(HOST_NAME)).max(100)),
  (language) => say(language, 'config-hosts'),
);
/** Names with commas between them, in small letters. */
export const names: Setting<readonly string[]> = setting(
  text.transform((value) => namesIn(value ?? '')).pipe(z.array(z.string().max(64)).max(100)),
  (language) => say(language, 'config-names'),
);
export const region: Setting<string> = setting(
  text.transform((value) => value ?? 'us-west-2').pipe(z.string().regex(/^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/)),
  (language) => say(language, 'config-region'),
);

function namesIn(list: string): string[] {
  const split = list.split(',').map((name) => name.trim().toLowerCase());
  return split.filter((name) => name !== '');
}

export function words(fallback: string): Setting<string> {
  return setting(
    text.transform((value) => value ?? fallback),
    () => '',
  );
}

export const optional: Setting<string | undefined> = setting(text, () => '');

/** An amount in dollars, as micro-dollars. */
export function dollars<Fallback extends number | undefined>(fallback: Fallback): Setting<number | Fallback> {
  const micros = z
    .string()
    .regex(/^\d{1,7}(\.\d{1,6})?$/)
    .transform((value) => Math.round(Number(value) * MICROS_PER_DOLLAR))
    .optional();
  return setting(
    text.pipe(micros).transform((value) => value ?? fallback),
    (language) => say(language, 'config-dollars'),
  );
}

export const bucket: Setting<string | undefined> = setting(
  text.pipe(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
  ),
  (language) => say(language, 'config-bucket'),
);
