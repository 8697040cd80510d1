import { z } from 'zod';
import type { Cabinet } from '#src/core/cabinet.ts';
import { jsonSchema, type Json } from '#src/core/request.ts';
import type { Vault } from './vault.ts';

const DRAWER = 'slack-installations';

const lockedSchema = z.strictObject({ locked: z.string() });
/** Of what Slack tells of an installation, what this product works with; the rest is kept beside it. */
const installationSchema = z.looseObject({
  team: z.looseObject({ id: z.string() }).nullish(),
  bot: z.looseObject({
    token: z.string(),
    refreshToken: z.string().optional(),
    expiresAt: z.number().optional(),
    scopes: z.array(z.string()).default([]),
    id: z.string(),
    userId: z.string(),
  }),
});
export type Installation = z.infer<typeof installationSchema>;

/** Where the app is installed, by workspace. Tokens lie in the database encrypted. */
export interface Installations {
  find(team: string): Promise<Installation | undefined>;
  save(team: string, installation: Json): Promise<void>;
  remove(team: string): Promise<void>;
  /** What each workspace let the app do when it installed it, as far as they can be listed. */
  scopes(): Promise<readonly { readonly team: string; readonly scopes: readonly string[] }[]>;
}

export function createInstallations(cabinet: Cabinet, vault: Vault): Installations {
  const open = (team: string, value: Json | undefined): Installation | undefined => {
    const kept = lockedSchema.safeParse(value);
    return kept.success ? installationSchema.safeParse(vault.unlock(team, kept.data.locked)).data : undefined;
  };
  return {
    find: async (team) => open(team, await cabinet.read(DRAWER, team)),
    save: async (team, installation) => cabinet.write(DRAWER, team, { locked: vault.lock(team, installation) }),
    remove: async (team) => cabinet.remove(DRAWER, team),
    scopes: async () =>
      (await cabinet.list(DRAWER)).flatMap(({ name: team, value }) => {
        const installation = open(team, value);
        return installation === undefined ? [] : [{ team, scopes: installation.bot.scopes }];
      }),
  };
}

/** The same installation with the next token in it. */
export function renewed(installation: Installation, token: string, refreshToken: string | undefined, expiresAt: number | undefined): Json {
  const bot = { ...installation.bot, token, refreshToken, expiresAt };
  return jsonSchema.parse(JSON.parse(JSON.stringify({ ...installation, bot })));
}
