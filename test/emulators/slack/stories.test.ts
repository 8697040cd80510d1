import { expect, it } from 'vitest';
import { openSampleProduct } from './sample-product.ts';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (label: string, id: string) => ({
  type: 'button',
  text: { type: 'plain_text', text: label },
  action_id: id,
  value: 'job-1',
});

it('a command, its thread, a picture with buttons and a modal read as one story', async () => {
  await using product = await openSampleProduct();
  const { slack, call } = product;
  const lan = slack.person('lan');
  product.says(({ type }) => (type === 'slash_commands' ? { text: 'Mình nhận rồi.' } : {}));

  const told = await lan.types('/imagine con mèo', { in: 'general' });
  expect(told).toMatchObject({ acknowledged: true, shown: 'Mình nhận rồi.' });
  const [command] = product.arrived;
  expect(command?.payload).toMatchObject({ command: '/imagine', text: 'con mèo', user_name: 'lan', channel_name: 'general' });

  const channel = slack.channel('general').id;
  const actions = { type: 'actions', elements: [button('Cancel', 'cancel')] };
  const text = `<@${lan.id}> imagines: con mèo`;
  const root = await call('chat.postMessage', { channel, text, blocks: [section(text), actions] });
  const ts = String(root['ts']);
  await call('assistant.threads.setStatus', { channel_id: channel, thread_ts: ts, status: 'is painting' });
  expect(slack.channel('general').text()).toMatch(/… is painting$/);

  const bytes = Buffer.from('a picture');
  const place = await call('files.getUploadURLExternal', { filename: 'meo.png', length: bytes.byteLength });
  expect(await (await fetch(String(place['upload_url']), { method: 'POST', body: bytes })).text()).toBe('OK - 9');
  const again = { type: 'actions', elements: [button('Again', 'again')] };
  const files = [{ id: place['file_id'], title: 'Con mèo' }];
  await call('files.completeUploadExternal', { files, channel_id: channel, thread_ts: ts, blocks: [section('*con mèo*'), again] });

  await lan.presses('Again');
  const trigger = product.arrived.at(-1)?.payload['trigger_id'];
  const input = {
    type: 'input',
    block_id: 'prompt',
    label: { type: 'plain_text', text: 'Prompt' },
    element: { type: 'plain_text_input', action_id: 'prompt', initial_value: 'con mèo' },
  };
  const view = { type: 'modal', title: { type: 'plain_text', text: 'Again' }, submit: { type: 'plain_text', text: 'Go' }, blocks: [input] };
  await call('views.open', { trigger_id: String(trigger), view });
  expect(slack.modalText('lan')).toBe('== Again ==\nPrompt: con mèo\n[Go]');
  await lan.submits({ Prompt: 'con mèo đỏ' });
  expect(product.arrived.at(-1)?.payload).toMatchObject({
    type: 'view_submission',
    view: { state: { values: { prompt: { prompt: { type: 'plain_text_input', value: 'con mèo đỏ' } } } } },
  });
  expect(slack.modalText('lan')).toBe('');

  expect(slack.channel('general').text()).toBe(
    [
      '#general',
      'hoami (only lan sees this): Mình nhận rồi.',
      'hoami: @lan imagines: con mèo',
      '  [Cancel]',
      '  ↳ hoami: *con mèo*',
      '      [Again]',
      '      (file meo.png “Con mèo”)',
    ].join('\n'),
  );
  expect(slack.story().split('\n')).toEqual([
    'lan types /imagine con mèo (#general)',
    'hoami posts “Mình nhận rồi.” (#general, for lan only)',
    'hoami posts “@lan imagines: con mèo” (#general)',
    'hoami posts “” + meo.png (in a thread of #general)',
    'lan presses [Again]',
    '(a form opens in front of lan)',
    'lan submits the form',
  ]);
  expect(slack.mentions.map(({ target }) => target)).toEqual([lan.id, lan.id]);
  expect(slack.violations).toEqual([]);
});
