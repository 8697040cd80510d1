import { element, icon } from '../element.mjs';

const INLINE =
  /\\([^\p{L}\p{N}\s])|(`+)(.+?)\2|<@!?(\d+)>|<#(\d+)>|<?(https?:\/\/[^\s<>]+)>?|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\|\|(.+?)\|\||\*([^*\s](?:[^*]*[^*\s])?)\*|(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/su;
const JUMP = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/;

/**
 * Discord's markdown as nodes: quotes, small lines, headings and code by line, the rest within.
 * @param {string} text
 * @param {{ scene: any, jump: (place: string, message?: string) => void }} room
 */
export function markdown(text, room) {
  return text.split(/(```(?:\w*\n)?[\s\S]+?```)/).flatMap((part, index) => {
    if (index % 2 === 1) return [element('pre', {}, part.slice(3, -3).replace(/^\w*\n/, ''))];
    return linesOf(part).map(({ kind, words }) => lineOf(kind, words, room));
  });
}

/** Lines by what they begin with; those of one quote are one. */
function linesOf(text) {
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  const found = [];
  for (const line of lines) {
    const [, sign = '', words = line] = /^(> |-# |#{1,3} |[-*] )?(.*)$/s.exec(line) ?? [];
    const last = found.at(-1);
    const isGoingOn = (sign === '> ' || sign === '') && last?.kind === sign;
    if (isGoingOn) last.words += `\n${words}`;
    else found.push({ kind: sign, words });
  }
  return found.filter(({ kind, words }) => kind !== '' || words !== '' || found.length > 1);
}

function lineOf(kind, words, room) {
  const inside = inline(words, room);
  if (kind === '> ') return element('blockquote', {}, inside);
  if (kind === '-# ') return element('p', { className: 'small' }, inside);
  if (kind.startsWith('#')) return element('h3', {}, inside);
  return element('p', { className: kind === '' ? '' : 'point' }, inside);
}

/** What stands within a line. */
export function inline(text, room) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found !== null; found = INLINE.exec(rest)) {
    if (found.index > 0) nodes.push(rest.slice(0, found.index));
    nodes.push(nodeOf(found, room));
    rest = rest.slice(found.index + found[0].length);
  }
  return rest === '' ? nodes : [...nodes, rest];
}

function nodeOf([, escaped, , code, person, place, link, bold, underlined, struck, spoiler, slanted, alsoSlanted], room) {
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return element('code', {}, code);
  if (person !== undefined) return element('span', { className: 'mention' }, `@${room.scene.people[person] ?? person}`);
  if (place !== undefined) return placeLink(place, undefined, room);
  if (link !== undefined) return linkOf(link, room);
  if (bold !== undefined) return element('b', {}, inline(bold, room));
  if (underlined !== undefined) return element('u', {}, inline(underlined, room));
  if (struck !== undefined) return element('s', {}, inline(struck, room));
  if (spoiler !== undefined) {
    const reveal = (event) => event.currentTarget.classList.add('revealed');
    return element('button', { type: 'button', className: 'spoiler', onclick: reveal }, inline(spoiler, room));
  }
  return element('i', {}, inline(slanted ?? alsoSlanted, room));
}

function linkOf(url, room) {
  const [, place, message] = JUMP.exec(url) ?? [];
  if (place !== undefined) return placeLink(place, message, room);
  return element('a', { href: url, target: '_blank', rel: 'noreferrer' }, url);
}

function placeLink(id, message, { scene, jump }) {
  const place = scene.places.find((one) => one.id === id);
  const name = place === undefined ? id : place.kind === 'direct' ? scene.bot.name : `# ${place.name}`;
  const mark = message === undefined ? [] : [' › ', icon('thread')];
  return element('button', { type: 'button', className: 'mention', onclick: () => jump(id, message) }, name, mark);
}
