import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import type { Faults } from './faults.ts';

/** One visit to the CDN. */
export interface Visit {
  readonly at: number;
  readonly path: string;
  readonly status: number | undefined;
}

export interface CdnOptions {
  readonly backend: Backend;
  readonly faults: Faults;
  readonly record: (visit: Visit) => void;
}

const GONE = 'This content is no longer available.';

/** Serves files to whoever has a link that is signed and not too old. It needs no token, and must not be shown one. */
export function createCdn({ backend, faults, record }: CdnOptions): (request: IncomingMessage, response: ServerResponse) => void {
  function serve(request: IncomingMessage, response: ServerResponse, isMalformed: boolean): number {
    const url = new URL(request.url ?? '/', 'http://emulator');
    if (request.headers.authorization !== undefined) backend.violate('a token was sent to the CDN');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      backend.violate(`${request.method ?? ''} to the CDN`);
      response.writeHead(405).end();
      return 405;
    }
    const found = backend.files.find(url.pathname, url.searchParams);
    if (typeof found === 'string') {
      if (found === 'unsigned') backend.violate(`a CDN link without its signature: ${url.pathname}`);
      response.writeHead(404, { 'content-type': 'text/plain;charset=UTF-8' }).end(GONE);
      return 404;
    }
    const bytes = isMalformed ? Buffer.from('not what it says') : Buffer.from(found.bytes);
    response.writeHead(200, {
      'content-type': found.contentType,
      'content-length': bytes.byteLength,
      'cache-control': 'public, max-age=31536000',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return 200;
  }

  async function visit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rule = faults.strike('GET cdn');
    const about = { at: backend.world.clock.now(), path: request.url ?? '/' };
    if (rule?.kind === 'slow') await backend.world.clock.wait(rule.delayMs ?? 1000);
    if (rule?.kind === 'hang-before' || rule?.kind === 'hang-after') return record({ ...about, status: undefined });
    if (rule?.kind === 'drop-before' || rule?.kind === 'drop-after') {
      record({ ...about, status: undefined });
      response.socket?.resetAndDestroy();
      return;
    }
    if (rule?.kind === 'status' || rule?.kind === 'status-after') {
      record({ ...about, status: rule.status ?? 503 });
      response.writeHead(rule.status ?? 503).end();
      return;
    }
    record({ ...about, status: serve(request, response, rule?.kind === 'malformed') });
  }

  return (request, response) => {
    visit(request, response).catch((error: unknown) => backend.violate(`the emulator’s CDN broke: ${String(error)}`));
  };
}
