import type { Page } from './ledger.ts';
import type { Json } from './request.ts';

/** The step under which a gateway's notes stand in a request's journal, for the worker to read. */
export const GATEWAY_STEP = 'gateway';

/**
 * A gateway's own page of a request, beside the worker that may have it in hand: what was posted while it waits. Nobody else writes this page, and
 * no fence protects it, so it is for facts that are true whoever works. Nothing can be spent on it.
 */
export interface Notes {
  page(id: string): Pick<Page, 'read'> & { write(name: string, fact: Json): Promise<void> };
}
