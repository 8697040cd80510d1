import type { Receipt } from '#src/core/answer.ts';
import { sayPrice, sayPriceYes, sayReceipt } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import type { Language } from '#src/core/request.ts';

/** The answer to a post: the receipt, and the same as a sentence. */
export interface ToldView {
  readonly id: string;
  readonly receipt: Receipt;
  readonly language: Language;
  readonly sentence: string;
  /** What has to be agreed to first, as people write it; undefined where nothing has to. */
  readonly price: string | undefined;
  /** The words of the yes. */
  readonly yes: string | undefined;
}

export function renderTold(id: string, { receipt, language }: Told): ToldView {
  const [price, yes] = receipt.kind === 'unconfirmed' ? [sayPrice(language, receipt), sayPriceYes(language, receipt)] : [];
  return { id, receipt, language, sentence: sayReceipt(language, receipt), price, yes };
}

/** Taken; understood, but for the price; or refused. */
export const statusOfTold = ({ receipt: { kind } }: ToldView): 202 | 200 | 422 =>
  kind === 'accepted' ? 202 : kind === 'unconfirmed' ? 200 : 422;
