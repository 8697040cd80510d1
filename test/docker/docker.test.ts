import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SETTING_NAMES } from '#src/config.ts';
import { freePort } from '../setup/server.ts';
import { readYaml } from './yaml.ts';

const Service = z.object({
  image: z.string(),
  user: z.string(),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  networks: z.array(z.string()),
  read_only: z.literal('true'),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  stop_grace_period: z.string(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z.object({ replicas: z.string() }).optional(),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
});

const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const instructions = (name: string): string[] =>
  dockerfile
    .split('\n')
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length + 1).trim());
const copied = instructions('COPY').flatMap((line) => line.split(/\s+/).slice(0, -1));

const compose = Compose.parse(readYaml(readFileSync('docker-compose.yml', 'utf8')));
const services = Object.entries(compose.services).map(([name, service]) => ({ name, ...service }));
const programs = services.filter(({ image }) => image === 'hoami');
const serviceNamed = (name: string) => services.find((service) => service.name === name);

describe('the image', () => {
  it('is built from files that exist and that the build may see', () => {
    const seen = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const path of copied) {
      expect(existsSync(path), path).toBe(true);
      expect(seen).toContain(`!${path}`);
    }
  });

  it('stands on a Node that the package allows, named by its version', () => {
    const [base] = instructions('FROM');
    const oldest = /">=(\d+)/.exec(readFileSync('package.json', 'utf8'))?.[1];
    expect(base).toMatch(new RegExp(`^node:${oldest}[.\\d]*-.*slim$`));
  });

  it('installs what the lock file says and does not run as root', () => {
    expect(instructions('RUN').join('\n')).toContain('npm ci --omit=dev');
    expect(instructions('USER').at(-1)).toBe('node');
  });

  it('runs a program that is in it', () => {
    const command = z.array(z.string()).parse(JSON.parse(instructions('CMD').at(-1) ?? '[]'));
    expect(command[0]).toBe('node');
    expect(existsSync(command[1] ?? ''), command[1]).toBe(true);
  });
});

describe('the composition', () => {
  it('is Redis, PostgreSQL, a gateway and two workers', () => {
    expect(services.map(({ name }) => name).toSorted()).toEqual(['gateway', 'postgres', 'redis', 'worker']);
    expect(serviceNamed('worker')?.deploy?.replicas).toBe('2');
    expect(services.map(({ image }) => image).filter((image) => image !== 'hoami' && !/:\d+\.?\d*-/.test(image))).toEqual([]);
  });

  it.each(services)('$name is healthy or not, writes only where it must, has no rights to lose and time to stop', (service) => {
    expect(service.healthcheck.test[0]).toBe('CMD');
    expect(service.user).not.toMatch(/^(root|0)/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThanOrEqual(30);
  });

  it.each(services)('$name uses only volumes and networks that are declared', ({ volumes, networks }) => {
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(volumes.map((volume) => volume.split(':')[0])));
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(networks));
  });

  it.each(programs)('$name runs files that the image has, under settings that exist', ({ command, healthcheck, environment }) => {
    const files = [command[1] ?? '', healthcheck.test[2] ?? ''];
    for (const file of files) {
      expect(existsSync(file), file).toBe(true);
      expect(
        copied.some((path) => file.startsWith(path)),
        file,
      ).toBe(true);
    }
    expect(SETTING_NAMES).toEqual(expect.arrayContaining(Object.keys(environment)));
  });

  it.each(programs)('$name asks after its own health at the port it was given, and starts after what it needs', (service) => {
    const { healthcheck, environment, depends_on: needs } = service;
    expect(healthcheck.test.at(-1)).toBe(environment['HEALTH_PORT'] ?? environment['PORT']);
    expect(needs).toEqual({ redis: { condition: 'service_healthy' }, postgres: { condition: 'service_healthy' } });
  });

  it('keeps jobs: Redis writes them down and throws none away', () => {
    expect(serviceNamed('redis')?.command.join(' ')).toContain('--appendonly yes --maxmemory-policy noeviction');
    expect(serviceNamed('redis')?.volumes).toEqual(['redis:/data']);
  });

  it('holds no secret, and lets nobody in from another machine', () => {
    const environment = services.flatMap((service) => Object.entries(service.environment));
    const secrets = environment.filter(([name]) => /PASSWORD|SECRET|TOKEN|KEY/.test(name)).map(([, value]) => value);
    const passwords = environment.flatMap(([, value]) => /\/\/\w+:(.*)@/.exec(value)?.[1] ?? []);
    expect([...secrets, ...passwords]).not.toEqual([]);
    expect([...secrets, ...passwords].filter((value) => !value.startsWith('${'))).toEqual([]);
    expect(services.flatMap(({ ports }) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });
});

describe('the health check', () => {
  const check = async (port: number): Promise<number | null> => {
    const child = spawn(process.execPath, ['tools/health.mjs', String(port)], { stdio: 'ignore' });
    await once(child, 'close');
    return child.exitCode;
  };

  it.each([
    [200, 0],
    [503, 1],
  ])('takes %i for exit code %i', async (status, exitCode) => {
    const server = createServer((request, response) => response.writeHead(request.url === '/health' ? status : 404).end('{}'));
    const port = await freePort();
    await once(server.listen(port, '127.0.0.1'), 'listening');
    expect(await check(port)).toBe(exitCode);
    server.close();
  });

  it('takes silence for illness', async () => {
    expect(await check(await freePort())).toBe(1);
  });
});
