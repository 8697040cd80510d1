import { z } from 'zod';
import type { Page } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { SLACK_LIMITS } from './config.ts';
import type { SlackOffice } from './office.ts';
import { readFiles } from './upload.ts';

const LATEST = 'slack-latest';
const latestSchema = z.array(z.strictObject({ id: z.string(), file: z.string() }));

const nameOf = (tenant: string, user: string): string => `${tenant}:${user}`;

/**
 * Which file shows which request's picture, for the home of whoever asked: Slack shows there what it holds itself, and nothing that is only here.
 * Only the latest of each person are kept. A picture that was shown stays shown when this cannot be written down.
 */
export async function rememberPicture({ cabinet, log }: SlackOffice, request: GenerationRequest, page: Page): Promise<void> {
  const { id, tenant, requester } = request;
  try {
    const [file] = await readFiles(page);
    if (file === undefined) return;
    const name = nameOf(tenant, requester.id);
    const known = latestSchema.safeParse(await cabinet.read(LATEST, name)).data ?? [];
    const latest = [{ id, file }, ...known.filter((one) => one.id !== id)].slice(0, SLACK_LIMITS.homeResults);
    await cabinet.write(LATEST, name, latest);
  } catch (error) {
    log.warn('slack-latest-unwritten', { id }, error);
  }
}

/** The files of somebody's latest pictures, by request. */
export async function latestPictures({ cabinet }: SlackOffice, tenant: string, user: string): Promise<ReadonlyMap<string, string>> {
  const known = latestSchema.safeParse(await cabinet.read(LATEST, nameOf(tenant, user))).data ?? [];
  return new Map(known.map(({ id, file }) => [id, file]));
}
