import { z } from 'zod';
import { openSlackHouse, type SlackHouse, type SlackHouseOptions } from './house.ts';
import { HTTP_MANIFEST } from './manifests.ts';

const manifestSchema = z.looseObject({ oauth_config: z.looseObject({}), settings: z.looseObject({}) });

/** Two workspaces, neither of which has the app yet. */
export async function openTown(options: SlackHouseOptions = {}): Promise<SlackHouse> {
  const manifest = manifestSchema.parse(HTTP_MANIFEST);
  const oauth = { ...manifest.oauth_config, redirect_urls: ['http://127.0.0.1'] };
  const team = (name: string, person: string) => ({
    name,
    people: [{ name: person, locale: 'vi-VN' }],
    channels: [{ name: `${name}-chung` }],
    hasApp: false,
  });
  return openSlackHouse({
    mode: 'http',
    manifest: { ...manifest, oauth_config: oauth },
    teams: [team('nha', 'lan'), team('xom', 'tam')],
    access: ({ clientId, clientSecret }, publicUrl) => ({ kind: 'many-workspaces', clientId, clientSecret, publicUrl }),
    ...options,
  });
}

/** Somebody puts the app into their workspace. */
export const install = async (house: SlackHouse, person: string, team: string): Promise<Response> =>
  house.slack.installs(person, `${house.url}/slack/install`, team);
