import type { Installs } from '../installs.ts';
import type { Person, Team } from '../world.ts';

/** What a person’s browser does who adds the app to a workspace: the product’s page, Slack’s page, and back again with the cookies. */
export async function installInBrowser(installPage: string, team: Team, person: Person, installs: Installs): Promise<Response> {
  const start = await fetch(installPage, { redirect: 'manual' });
  const page = await start.text();
  const address = start.headers.get('location') ?? /href="([^"]*client_id=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  if (address === undefined) throw new Error(`the install page leads nowhere: ${start.status}`);
  const back = installs.consent(new URL(address, installPage), team, person.id);
  const cookies = start.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return fetch(back, { headers: { cookie: cookies.join('; ') }, redirect: 'manual' });
}
