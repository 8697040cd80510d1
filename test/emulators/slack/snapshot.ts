import { wholeFileObject } from './file-object.ts';
import type { JsonObject } from './json.ts';
import { messageObject } from './message-object.ts';
import { viewObject } from './modals.ts';
import type { Parts } from './parts.ts';

/** The whole state as plain JSON, for a page that shows it: workspaces, channels with threads, what stands in front of each person. */
export function takeSnapshot(parts: Parts): JsonObject {
  const { world, messages, modals, files, record } = parts;
  const owner = (teamId: string) => ({ appId: world.appId, botId: world.teams.get(teamId)?.app?.botId ?? '' });
  const teams = [...world.teams.values()].map(({ id, name, app }) => ({ id, name, hasApp: app !== undefined, botUserId: app?.botUserId }));
  const people = [...world.people.values()].map((person) => {
    const home = modals.home(person.id);
    return {
      ...person,
      modals: modals.stack(person.id).map((view) => ({ ...viewObject(view, owner(view.teamId)), errors: view.errors })),
      home: home === undefined ? undefined : viewObject(home, owner(home.teamId)),
    };
  });
  const channels = [...world.channels.values()].map((channel) => ({
    id: channel.id,
    teamId: channel.teamId,
    name: channel.name,
    kind: channel.kind,
    isArchived: channel.isArchived,
    memberIds: [...channel.memberIds],
    messages: messages.inChannel(channel.id).map((root) => ({
      ...messageObject(root, parts, channel.teamId),
      isDeleted: root.isDeleted,
      onlyFor: root.onlyFor,
      status: messages.status(channel.id, root.ts),
      replies: messages
        .replies(channel.id, root.ts)
        .map((reply) => ({ ...messageObject(reply, parts, channel.teamId), onlyFor: reply.onlyFor })),
    })),
  }));
  return {
    teams,
    people,
    channels,
    files: [...files.all.values()].map((file) => wholeFileObject(file, parts)),
    violations: record.violations,
    story: record.story,
  };
}
