import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProject, type Project } from './project.ts';

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project.remove());

describe('installing', () => {
  it('happens on the first start and not on the second', async () => {
    const first = await project.boot('console.log("painted")');
    const second = await project.boot('console.log("painted")');
    expect(first).toMatchObject({ code: 0, output: 'painted\n' });
    expect(first.errors).toContain('installing');
    expect(second).toEqual({ code: 0, output: 'painted\n', errors: '' });
    expect(await project.installs()).toBe(1);
  });

  it('happens again when the lock file has changed', async () => {
    await project.boot('');
    await writeFile(join(project.folder, 'package-lock.json'), '{"lock":2}');
    await project.boot('');
    expect(await project.installs()).toBe(2);
  });

  it('happens once when two are started at the same time, and both run', async () => {
    await project.setNpm(0, 700);
    const both = await Promise.all([project.boot('console.log("a")'), project.boot('console.log("b")')]);
    expect(both.map(({ output }) => output)).toEqual(['a\n', 'b\n']);
    expect(await project.installs()).toBe(1);
  });

  it('that fails is said in a sentence, runs nothing, and is tried again by the next start', async () => {
    await project.setNpm(1);
    const failed = await project.boot('console.log("painted")');
    expect(failed).toMatchObject({ code: 70, output: '' });
    expect(failed.errors).toMatch(/npm ci failed \(exit code 1\)/);
    await project.setNpm(0);
    expect(await project.boot('console.log("painted")')).toMatchObject({ code: 0, output: 'painted\n' });
  });

  it('that was killed half-way is begun again as soon as its lock has stood still', async () => {
    await project.setNpm(0, 10_000);
    const { child, ended } = project.start('boot.mjs', ['node', '-e', '']);
    await vi.waitFor(async () => expect(await project.installs()).toBe(1), 10_000);
    child.kill('SIGKILL');
    const lock = join(project.folder, '.boot-lock');
    expect((await stat(lock)).isDirectory()).toBe(true);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(lock, aMinuteAgo, aMinuteAgo);

    await project.setNpm(0);
    expect(await project.boot('console.log("painted")')).toMatchObject({ code: 0, output: 'painted\n' });
    expect(await project.installs()).toBe(2);
    child.stderr?.destroy(); // The stand-in for npm outlives its killed parent and holds the pipe.
    await ended;
  });

  it('without npm on the machine says where to get it', async () => {
    const { code, errors } = await project.boot('', { npm_execpath: '', PATH: project.folder });
    expect(code).toBe(70);
    expect(errors).toContain('npm could not be started');
    expect(errors).toContain('https://nodejs.org');
  });
});

describe('running', () => {
  it('passes the exit code back', async () => {
    expect(await project.boot('process.exit(7)')).toMatchObject({ code: 7 });
  });

  it('reports a death by signal as shells do', async () => {
    expect(await project.boot('process.kill(process.pid, "SIGKILL")')).toMatchObject({ code: 137 });
  });

  it('passes signals on and waits for the orderly end', async () => {
    const script = 'process.on("SIGTERM", () => setTimeout(() => process.exit(9), 200)); console.log("up"); setInterval(() => {}, 1000)';
    const { child, ended } = project.start('boot.mjs', ['node', '-e', script]);
    if (child.stdout !== null) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 9 });
  });

  it('ends in an orderly way with the npm that started it, whose shell passes no signal on', async () => {
    const script = 'process.on("SIGTERM", () => { console.log("ended"); process.exit() }); console.log("up"); setInterval(() => {}, 1000)';
    await project.boot('');
    const line = `'${process.execPath}' tools/boot.mjs node -e '${script}'; true`;
    const shell = spawn('sh', ['-c', line], {
      cwd: project.folder,
      env: { PATH: process.env['PATH'], npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    await vi.waitFor(() => expect(output).toBe('up\n'), 10_000);
    shell.kill('SIGTERM');
    await vi.waitFor(() => expect(output).toBe('up\nended\n'), 10_000);
  });

  it('puts what is installed first on PATH', async () => {
    const { output } = await project.boot('console.log(process.env.PATH)');
    expect(output.startsWith(join(project.folder, 'node_modules', '.bin'))).toBe(true);
  });

  it('silences notices of experiments, unless the person has set NODE_OPTIONS', async () => {
    const script = 'console.log(process.env.NODE_OPTIONS)';
    expect((await project.boot(script)).output).toBe('--disable-warning=ExperimentalWarning\n');
    expect((await project.boot(script, { NODE_OPTIONS: '--no-deprecation' })).output).toBe('--no-deprecation\n');
  });
});

describe('the shell command', () => {
  const cli = 'console.log(JSON.stringify({ folder: process.cwd(), args: process.argv.slice(2) }))';

  it.each([
    ['started as the package’s bin', () => ({})],
    ['started by npm run', () => ({ npm_lifecycle_event: 'hoami', INIT_CWD: join(project.folder, 'pictures') })],
  ])('%s works in the folder where the person stands, with their words untouched', async (_, env) => {
    const pictures = join(project.folder, 'pictures');
    await mkdir(pictures);
    await writeFile(join(project.folder, 'src', 'main', 'cli.ts'), cli);
    const startedByNpm = 'INIT_CWD' in env();
    const cwd = startedByNpm ? project.folder : pictures;
    const args = ['imagine', 'một con mèo "mặc áo dài" & $HOME', '--out', 'cat.png'];
    const { output } = await project.start('hoami.mjs', args, { cwd, env: env() }).ended;
    expect(JSON.parse(output)).toEqual({ folder: realpathSync(pictures), args });
  });
});
