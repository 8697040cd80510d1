import { element } from '../element.mjs';

const MARKS =
  /(```[\s\S]+?```|`[^`\n]+`|<[^<>]+>|(?<![\p{L}\p{N}])\*[^*\n]+\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_[^_\n]+_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~[^~\n]+~(?![\p{L}\p{N}]))/u;
const BETWEEN = { '*': 'b', _: 'i', '~': 's' };

const unescaped = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's markup as nodes: emphasis, code, people, channels, links. */
export function marked(text, scene) {
  return text.split(MARKS).map((piece, index) => {
    if (index % 2 === 0) return unescaped(piece);
    if (piece.startsWith('```')) return element('pre', {}, unescaped(piece.slice(3, -3)));
    if (piece.startsWith('`')) return element('code', {}, unescaped(piece.slice(1, -1)));
    if (piece.startsWith('<')) return reference(piece.slice(1, -1), scene);
    return element(BETWEEN[piece[0]], {}, marked(piece.slice(1, -1), scene));
  });
}

function reference(inner, scene) {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return mention(target.slice(1), scene);
  if (target.startsWith('#')) {
    const place = scene.places.find(({ id }) => id === target.slice(1));
    return element('span', { className: 'mention' }, `#${place?.name ?? label ?? target.slice(1)}`);
  }
  const isLink = /^(?:https?|mailto):/.test(target);
  if (!isLink) return label ?? target;
  return element('a', { href: unescaped(target), target: '_blank', rel: 'noreferrer' }, unescaped(label ?? target));
}

export const mention = (id, scene) =>
  element('span', { className: id === scene.me.id ? 'mention own' : 'mention' }, `@${scene.people[id]?.name ?? id}`);

/** A text object: plain words as they are, or markup. */
export const said = (text, scene) => (text === undefined ? [] : text.type === 'mrkdwn' ? marked(text.text, scene) : [text.text]);
