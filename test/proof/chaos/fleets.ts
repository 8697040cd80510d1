import type { Fleet } from './arena.ts';

const PAGE = { ready: 'gateway-ready', address: /"page":"(http:[^"]+)"/ } as const;

/** Two gateways and three workers on Redis and PostgreSQL. */
export function apart(databaseUrl: string, redisUrl: string, settings: Fleet['settings'] = {}): Fleet {
  const gateways = ['gateway-1', 'gateway-2'].map((name) => ({ name, file: 'src/main/gateway.ts', ...PAGE }));
  const workers = ['worker-1', 'worker-2', 'worker-3'].map((name) => ({
    name,
    file: 'src/main/worker.ts',
    ready: 'worker-ready',
    freezes: true,
  }));
  return {
    programs: [...gateways, ...workers],
    settings: { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, ...settings },
    database: { kind: 'postgres', url: databaseUrl },
    redisUrl,
  };
}

/** Everything in one process, without services. It is given the time to come up, since nobody else is there meanwhile. */
export function alone(settings: Fleet['settings'] = {}): Fleet {
  const server = { name: 'server', file: 'src/main/all.ts', ready: 'For real use', address: /Open +(http:\S+)/ };
  return { programs: [server], settings, killEveryMs: 2500 };
}
