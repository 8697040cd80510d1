import { post } from './api.mjs';
import { confirmDialog } from './dialog.mjs';
import { announce } from './element.mjs';
import { word } from './words.mjs';

/**
 * Asks whoever was told a price whether they want it, and resolves with what they are told then; undefined when they do not.
 * What has no price to be agreed to is handed on as it is.
 * @param {{ id: string, receipt: { kind: string }, sentence: string, language: string, yes?: string }} told
 */
export async function agree(told) {
  if (told.receipt.kind !== 'unconfirmed') return told;
  const sure = await confirmDialog(word('price-title'), told.sentence, told.yes, word('price-no'), {
    lang: told.language,
    tone: 'strong',
  });
  if (sure === true) return post(`/api/requests/${told.id}/confirm`);
  announce(word('is-declined'));
  // What is not taken back now is thrown away when nobody has come for it.
  await post(`/api/requests/${told.id}/decline`).catch(() => {});
  return undefined;
}
