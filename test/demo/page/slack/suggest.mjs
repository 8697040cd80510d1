import { avatar } from '../element.mjs';

/** Commands at the beginning of a line, people after an @. */
export function suggestionsIn(text, caret, put, scene, isThread) {
  const before = text.slice(0, caret);
  if (!isThread && /^\/\S*$/.test(before)) {
    return scene.commands
      .filter(({ command }) => command.startsWith(before))
      .map(({ command, usage_hint: usage, description }) => ({
        title: command,
        hint: `${usage ?? ''} · ${description}`,
        pick: () => put(0, caret, `${command} `),
      }));
  }
  const [, typed] = /(?:^|\s)@([\p{L}\p{N}_-]*)$/u.exec(before) ?? [];
  if (typed === undefined) return [];
  return Object.entries(scene.people)
    .filter(([id, { name }]) => id !== scene.me.id && name.toLowerCase().startsWith(typed.toLowerCase()))
    .map(([, { name, isBot }]) => ({
      title: name,
      mark: avatar(name, isBot),
      pick: () => put(caret - typed.length, caret, `${name} `),
    }));
}
