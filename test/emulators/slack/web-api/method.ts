import { z } from 'zod';
import { parseJson, type JsonObject } from '../json.ts';
import type { FaultKind } from '../faults.ts';
import type { Parts } from '../parts.ts';
import type { Answer } from '../refusal.ts';
import type { Sharing } from '../sharing.ts';
import type { Posting } from '../posting.ts';
import type { Installed, Team } from '../world.ts';
import type { Token } from '../tokens.ts';

/** Calls a minute: tier 1 to 4, or special rules. */
export type Tier = 1 | 2 | 3 | 4 | 'special';

/** The installed app that calls. */
export interface Caller {
  readonly team: Team;
  readonly app: Installed;
  readonly token: Token;
  /** The method's name, for what is said about it. */
  readonly where: string;
  /** What this call was chosen to suffer in its own way. */
  readonly fault: FaultKind | undefined;
  /** Headers of the call, lower case. */
  readonly headers: Readonly<{ [name: string]: string | undefined }>;
}

export interface Desk extends Parts {
  readonly posting: Posting;
  readonly sharing: Sharing;
}

export interface Method {
  readonly name: string;
  readonly tier: Tier;
  /** Whose token it takes. */
  readonly token: 'bot' | 'app' | 'none';
  /** One of them is needed; none for a method that anybody may call. */
  readonly scopes: readonly string[];
  /** Reads the form, or says what is wrong with it. */
  parse(form: {
    readonly [name: string]: string;
  }): { readonly run: (desk: Desk, caller: Caller) => Answer | Promise<Answer> } | { readonly wrong: readonly string[] };
}

const described = (error: z.ZodError): string[] =>
  error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `[ERROR] unknown argument: ${issue.keys.join(', ')}`
      : `[ERROR] ${issue.message} [${issue.path.join('/')}]`,
  );

/** One method of the Web API: its arguments are a strict form, for an argument that Slack does not know does nothing there. */
export function method<Shape extends z.ZodRawShape>(definition: {
  readonly name: string;
  readonly tier: Tier;
  readonly token?: Method['token'];
  readonly scopes?: readonly string[];
  readonly args: Shape;
  readonly run: (args: z.output<z.ZodObject<Shape, z.core.$strict>>, desk: Desk, caller: Caller) => Answer | Promise<Answer>;
}): Method {
  const { name, tier, token = 'bot', scopes = [], args, run } = definition;
  const schema = z.strictObject(args);
  return {
    name,
    tier,
    token,
    scopes,
    parse(form) {
      const parsed = schema.safeParse(form);
      return parsed.success ? { run: (desk, caller) => run(parsed.data, desk, caller) } : { wrong: described(parsed.error) };
    },
  };
}

/** Arguments as they come in a form: everything is text there. */
export const text = z.string();
export const name = z.string().min(1);
export const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
export const count = (max: number) => z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(max));
export const timestamp = z.string().regex(/^\d{10}\.\d{6}$/, 'must be the ts of a message');
export const json = <Schema extends z.ZodType>(schema: Schema) => z.string().transform(parseJson).pipe(schema);

export const ok = (members: JsonObject = {}): Answer => ({ ok: true, ...members });
