import type { Ids } from './ids.ts';

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Team {
  readonly id: string;
  readonly name: string;
  /** The app as this workspace knows it; undefined before an install and after an uninstall. */
  app: Installed | undefined;
}

export interface Installed {
  readonly botUserId: string;
  readonly botId: string;
  readonly scopes: Set<string>;
}

export interface Person {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  locale: string;
  timeZone: string;
  isAdmin: boolean;
  isDeactivated: boolean;
  readonly isBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly memberIds: Set<string>;
  isArchived: boolean;
  /** Nobody but admins may write, say its settings. */
  isReadOnly: boolean;
  /** Other workspaces that share it (Slack Connect). */
  readonly sharedWith: Set<string>;
}

export interface PersonPlan {
  readonly name: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly isAdmin?: boolean;
}

export interface ChannelPlan {
  readonly name: string;
  readonly kind?: 'public' | 'private';
  /** Whether the bot is in it; it is, unless the plan says no. */
  readonly bot?: boolean;
  /** Names of the people in it; all of the workspace, unless the plan says who. */
  readonly members?: readonly string[];
  readonly isArchived?: boolean;
  readonly isReadOnly?: boolean;
  /** Names of workspaces it is shared with: all their people are in it. They have to be planned earlier. */
  readonly sharedWith?: readonly string[];
}

export interface TeamPlan {
  readonly name: string;
  readonly people: readonly PersonPlan[];
  readonly channels: readonly ChannelPlan[];
  /** False for a workspace that has not installed the app yet. */
  readonly hasApp?: boolean;
}

/** A workspace with a channel of every kind that a bot can meet. */
export const HOUSE: TeamPlan = {
  name: 'nha',
  people: [
    { name: 'lan', locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh' },
    { name: 'sam', locale: 'en-US', timeZone: 'America/New_York', isAdmin: true },
  ],
  channels: [
    { name: 'general' },
    { name: 'garden', bot: false },
    { name: 'studio', kind: 'private' },
    { name: 'secret', kind: 'private', bot: false },
    { name: 'attic', isArchived: true },
  ],
};

export interface World {
  readonly appId: string;
  readonly teams: Map<string, Team>;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  addTeam(plan: TeamPlan): Team;
  addPerson(team: Team, plan: PersonPlan): Person;
  addChannel(team: Team, plan: ChannelPlan): Channel;
  install(team: Team, scopes: readonly string[]): Installed;
  uninstall(team: Team): void;
  /** The direct conversation of these people, opened when there is none yet. */
  openDirect(team: Team, userIds: readonly string[]): Channel;
  /** Whether the conversation exists for the workspace at all, its own or shared. */
  sees(teamId: string, channel: Channel): boolean;
  nameOf(userId: string): string;
}

export function createWorld(ids: Ids, botName: string): World {
  const teams = new Map<string, Team>();
  const people = new Map<string, Person>();
  const channels = new Map<string, Channel>();
  const keep = <Kept extends { readonly id: string }>(kept: Kept, into: Map<string, Kept>): Kept => {
    into.set(kept.id, kept);
    return kept;
  };
  const peopleOf = (teamId: string): Person[] => [...people.values()].filter((person) => person.teamId === teamId && !person.isBot);

  const world: World = {
    appId: ids.next('A'),
    teams,
    people,
    channels,
    addTeam(plan) {
      const team = keep<Team>({ id: ids.next('T'), name: plan.name, app: undefined }, teams);
      for (const person of plan.people) world.addPerson(team, person);
      return team;
    },
    addPerson(team, { name, locale = 'en-US', timeZone = 'UTC', isAdmin = false }) {
      const person = { id: ids.next('U'), teamId: team.id, name, locale, timeZone, isAdmin, isDeactivated: false, isBot: false };
      return keep<Person>(person, people);
    },
    addChannel(team, plan) {
      const sharing = [...teams.values()].filter(({ name }) => plan.sharedWith?.includes(name));
      const home = peopleOf(team.id).filter(({ name }) => plan.members?.includes(name) ?? true);
      const guests = sharing.flatMap(({ id }) => peopleOf(id));
      const bots = plan.bot === false || team.app === undefined ? [] : [team.app.botUserId];
      const channel: Channel = {
        id: ids.next('C'),
        teamId: team.id,
        name: plan.name,
        kind: plan.kind ?? 'public',
        memberIds: new Set([...[...home, ...guests].map(({ id }) => id), ...bots]),
        isArchived: plan.isArchived ?? false,
        isReadOnly: plan.isReadOnly ?? false,
        sharedWith: new Set(sharing.map(({ id }) => id)),
      };
      return keep(channel, channels);
    },
    install(team, scopes) {
      if (team.app !== undefined) {
        for (const scope of scopes) team.app.scopes.add(scope); // Slack only ever adds; what was granted stays until the uninstall.
        return team.app;
      }
      const bot = keep<Person>({ ...world.addPerson(team, { name: botName }), isBot: true }, people);
      team.app = { botUserId: bot.id, botId: ids.next('B'), scopes: new Set(scopes) };
      return team.app;
    },
    uninstall(team) {
      for (const channel of channels.values()) channel.memberIds.delete(team.app?.botUserId ?? '');
      team.app = undefined;
    },
    openDirect(team, userIds) {
      const members = new Set(userIds);
      const known = [...channels.values()].find(
        ({ kind, memberIds }) =>
          (kind === 'im' || kind === 'mpim') && memberIds.size === members.size && [...members].every((id) => memberIds.has(id)),
      );
      if (known !== undefined) return known;
      const kind = members.size > 2 ? 'mpim' : 'im';
      const name = userIds.map(world.nameOf).join('-');
      const id = ids.next(kind === 'im' ? 'D' : 'G');
      return keep<Channel>(
        { id, teamId: team.id, name, kind, memberIds: members, isArchived: false, isReadOnly: false, sharedWith: new Set() },
        channels,
      );
    },
    sees: (teamId, channel) => channel.teamId === teamId || channel.sharedWith.has(teamId),
    nameOf: (userId) => people.get(userId)?.name ?? userId,
  };
  return world;
}
