import { describe, expect, it } from 'vitest';
import { checkMessageBlocks, checkView, type Checked, type Surroundings } from './blocks/check.ts';

const around: Surroundings = {
  allowsVideo: false,
  wrongFile: ({ id }) => (id === 'F0READY0000' ? undefined : 'invalid slack file'),
};
const plain = (text: string) => ({ type: 'plain_text', text });
const marked = (text: string) => ({ type: 'mrkdwn', text });
const button = { type: 'button', text: plain('Again'), action_id: 'again', value: 'job' };
const actions = (elements: unknown[]) => ({ type: 'actions', elements });
const input = (element: object) => ({ type: 'input', label: plain('Prompt'), element });
const words = { type: 'plain_text_input', action_id: 'words' };
const option = (label: string) => ({ text: plain(label), value: label });
const select = { type: 'static_select', action_id: 'ratio', options: [option('1:1')] };
const x = (length: number): string => 'x'.repeat(length);
const dividers = (length: number) => Array.from({ length }, () => ({ type: 'divider' }));

const wrong = (checked: Checked<unknown>): string => (checked.ok ? 'fine' : checked.messages.join('; '));
const message = (...blocks: unknown[]): string => wrong(checkMessageBlocks(JSON.stringify(blocks), around));

describe('blocks of a message', () => {
  it.each<[name: string, most: unknown, more: unknown, about: string]>([
    ['the text of a section', { type: 'section', text: marked(x(3000)) }, { type: 'section', text: marked(x(3001)) }, 'less than 3001'],
    ['a header', { type: 'header', text: plain(x(150)) }, { type: 'header', text: plain(x(151)) }, 'less than 151'],
    [
      'fields of a section',
      { type: 'section', fields: Array(10).fill(plain('x')) },
      { type: 'section', fields: Array(11).fill(plain('x')) },
      '10 items',
    ],
    ['a field', { type: 'section', fields: [plain(x(2000))] }, { type: 'section', fields: [plain(x(2001))] }, 'less than 2001'],
    ['the label of a button', actions([{ ...button, text: plain(x(75)) }]), actions([{ ...button, text: plain(x(76)) }]), 'less than 76'],
    ['the value of a button', actions([{ ...button, value: x(2000) }]), actions([{ ...button, value: x(2001) }]), 'less than 2001'],
    ['an action id', actions([{ ...button, action_id: x(255) }]), actions([{ ...button, action_id: x(256) }]), 'less than 256'],
    ['a block id', { type: 'divider', block_id: x(255) }, { type: 'divider', block_id: x(256) }, 'less than 256'],
    [
      'what a screen reader says',
      actions([{ ...button, accessibility_label: x(75) }]),
      actions([{ ...button, accessibility_label: x(76) }]),
      'less than 76',
    ],
    [
      'buttons in a row',
      actions(Array.from({ length: 25 }, (_, index) => ({ ...button, action_id: `a${index}` }))),
      actions(Array.from({ length: 26 }, (_, index) => ({ ...button, action_id: `a${index}` }))),
      '25 items',
    ],
    [
      'a context',
      { type: 'context', elements: Array(10).fill(marked('x')) },
      { type: 'context', elements: Array(11).fill(marked('x')) },
      '10 items',
    ],
    ['a markdown block', { type: 'markdown', text: x(12_000) }, { type: 'markdown', text: x(12_001) }, 'less than 12001'],
    [
      'the alternative of a picture',
      { type: 'image', alt_text: x(2000), image_url: 'https://pictures.example/a.png' },
      { type: 'image', alt_text: x(2001), image_url: 'https://pictures.example/a.png' },
      'less than 2001',
    ],
    [
      'the address of a picture',
      { type: 'image', alt_text: 'x', image_url: `https://a.example/${x(2982)}` },
      { type: 'image', alt_text: 'x', image_url: `https://a.example/${x(2983)}` },
      'less than 3001',
    ],
    [
      'the choices of a list',
      actions([{ ...select, options: Array.from({ length: 100 }, (_, index) => option(`o${index}`)) }]),
      actions([{ ...select, options: Array.from({ length: 101 }, (_, index) => option(`o${index}`)) }]),
      '100 items',
    ],
    [
      'a choice',
      actions([{ ...select, options: [{ text: plain(x(75)), value: 'v' }] }]),
      actions([{ ...select, options: [{ text: plain(x(76)), value: 'v' }] }]),
      'less than 76',
    ],
    [
      'the question of a confirmation',
      actions([{ ...button, confirm: { title: plain(x(100)), text: plain(x(300)), confirm: plain(x(30)), deny: plain(x(30)) } }]),
      actions([{ ...button, confirm: { title: plain(x(101)), text: plain(x(300)), confirm: plain(x(30)), deny: plain(x(30)) } }]),
      'less than 101',
    ],
    [
      'cards in a carousel',
      { type: 'carousel', elements: Array.from({ length: 10 }, () => ({ type: 'card', title: marked('x') })) },
      { type: 'carousel', elements: Array.from({ length: 11 }, () => ({ type: 'card', title: marked('x') })) },
      '10 items',
    ],
    ['the body of a card', { type: 'card', body: marked(x(200)) }, { type: 'card', body: marked(x(201)) }, 'less than 201'],
  ])('hold a limit: %s', (_name, most, more, about) => {
    expect(message(most)).toBe('fine');
    expect(message(more)).toContain(about);
  });

  it('are at most fifty', () => {
    expect(message(...dividers(50))).toBe('fine');
    expect(message(...dividers(51))).toContain('50 items');
  });

  it.each<[name: string, block: unknown, about: string]>([
    ['no type that there is', { type: 'banner' }, 'unsupported type'],
    ['a member that there is not', { type: 'divider', colour: 'red' }, 'invalid additional property: colour'],
    ['an empty text', { type: 'section', text: marked('') }, 'more than 0'],
    ['a section of nothing', { type: 'section' }, 'must provide text or fields'],
    ['a header in markup', { type: 'header', text: marked('x') }, '/blocks/0/text/type'],
    ['a button in markup', actions([{ ...button, text: marked('x') }]), '/blocks/0/elements/0/text/type'],
    ['a button without a name', actions([{ type: 'button', text: plain('x') }]), '/blocks/0/elements/0/action_id'],
    ['an empty row of buttons', actions([]), 'no fewer than 1'],
    ['a picture without words for those who do not see it', { type: 'image', image_url: 'https://a.example/a.png' }, '/blocks/0/alt_text'],
    ['a picture from nowhere', { type: 'image', alt_text: 'x' }, 'either image_url or slack_file'],
    [
      'a picture from two places',
      { type: 'image', alt_text: 'x', image_url: 'https://a.example/', slack_file: { id: 'F0READY0000' } },
      'either',
    ],
    [
      'a picture that only this machine has',
      { type: 'image', alt_text: 'x', image_url: 'http://127.0.0.1/a.png' },
      'downloading image failed',
    ],
    ['a file that is not ready', { type: 'image', alt_text: 'x', slack_file: { id: 'F0FRESH0000' } }, 'invalid slack file'],
    ['a file’s id that is none', { type: 'image', alt_text: 'x', slack_file: { id: 'file-1' } }, 'must be a valid file id'],
    ['a list with neither choices nor groups', actions([{ type: 'static_select', action_id: 'a' }]), 'either options or option_groups'],
    ['the same action twice', actions([button, button]), 'action_id "again" already exists'],
    [
      'a player without the scope',
      { type: 'video', alt_text: 'x', title: plain('x'), video_url: 'https://a.example/', thumbnail_url: 'https://a.example/' },
      'links.embed:write',
    ],
    ['an empty card', { type: 'card' }, 'at least one of'],
    ['a strange level', { type: 'alert', text: plain('x'), level: 'loud' }, '/blocks/0/level'],
  ])('are refused with %s', (_name, block, about) => {
    expect(message(block)).toContain(about);
  });

  it('have each name once, and get one when they have none', () => {
    expect(message({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' })).toContain('block_id "a" already exists');
    expect(message(actions([button]), actions([button]))).toBe('fine');
    const checked = checkMessageBlocks([{ type: 'divider' }, { type: 'divider' }], around);
    const ids = checked.ok ? checked.value.map((block) => block['block_id']) : [];
    expect(new Set(ids).size).toBe(2);
  });

  it('are a JSON array', () => {
    expect(checkMessageBlocks('not json', around)).toMatchObject({ ok: false, error: 'invalid_blocks_format' });
    expect(checkMessageBlocks('{"type":"divider"}', around)).toMatchObject({ ok: false, error: 'invalid_blocks_format' });
  });

  it('show a file of the workspace that is ready', () => {
    expect(message({ type: 'image', alt_text: 'a cat', slack_file: { id: 'F0READY0000' } })).toBe('fine');
  });
});

describe('a view', () => {
  const modal = { type: 'modal', title: plain('Again'), submit: plain('Go'), blocks: [input(words)] };
  const view = (changes: object): string => wrong(checkView(JSON.stringify({ ...modal, ...changes }), around));

  it.each<[name: string, most: object, more: object]>([
    ['its title', { title: plain(x(24)) }, { title: plain(x(25)) }],
    ['its button to send', { submit: plain(x(24)) }, { submit: plain(x(25)) }],
    ['its button to close', { close: plain(x(24)) }, { close: plain(x(25)) }],
    ['what it carries unseen', { private_metadata: x(3000) }, { private_metadata: x(3001) }],
    ['its name', { callback_id: x(255) }, { callback_id: x(256) }],
    ['its own id', { external_id: x(255) }, { external_id: x(256) }],
    ['its blocks', { blocks: dividers(100) }, { blocks: dividers(101) }],
    ['the length of an input', { blocks: [input({ ...words, max_length: 3000 })] }, { blocks: [input({ ...words, max_length: 3001 })] }],
    [
      'what an input begins with',
      { blocks: [input({ ...words, initial_value: x(3000) })] },
      { blocks: [input({ ...words, initial_value: x(3001) })] },
    ],
    ['radio buttons', { blocks: [input(radio(10))] }, { blocks: [input(radio(11))] }],
    ['files of one input', { blocks: [input(filesOf(10))] }, { blocks: [input(filesOf(11))] }],
  ])('holds a limit: %s', (_name, most, more) => {
    expect(view(most)).toBe('fine');
    expect(view(more)).not.toBe('fine');
  });

  function radio(count: number) {
    return { type: 'radio_buttons', action_id: 'r', options: Array.from({ length: count }, (_, index) => option(`o${index}`)) };
  }
  function filesOf(max_files: number) {
    return { type: 'file_input', action_id: 'f', filetypes: ['png'], max_files };
  }

  it.each<[name: string, changes: object, about: string]>([
    ['inputs and nothing to send them with', { submit: undefined }, 'submit is required'],
    ['no blocks', { blocks: [] }, 'no fewer than 1'],
    ['a title in markup', { title: marked('x') }, '/view/title/type'],
    ['a block that is for messages', { blocks: [{ type: 'markdown', text: 'x' }] }, 'unsupported type'],
    ['a beginning longer than its own limit', { blocks: [input({ ...words, initial_value: 'abc', max_length: 2 })] }, 'initial_value'],
    ['a title at home', { type: 'home' }, 'invalid additional property: title'],
    ['a member that there is not', { icon: 'x' }, 'invalid additional property: icon'],
  ])('is refused with %s', (_name, changes, about) => {
    expect(view(changes)).toContain(about);
  });

  it('is refused as too large above 250 kB', () => {
    const blocks = Array.from({ length: 100 }, () => ({ type: 'section', text: marked(x(2900)) }));
    expect(checkView({ ...modal, blocks }, around)).toMatchObject({ ok: false, error: 'view_too_large' });
  });

  it('takes files in a modal only', () => {
    const blocks = [input({ type: 'file_input', action_id: 'f' })];
    expect(view({ blocks })).toBe('fine');
    expect(wrong(checkView({ type: 'home', blocks }, around))).toContain('file_input is for modals');
  });
});
