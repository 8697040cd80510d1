// `npm test`: everything CI does. The static checks, then every test; with arguments, only the tests whose paths they name.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './program.ts';
import { countSkippedAsFailed, lastLine, replaced, sum, suspectsOf, tallyTests, type Tally } from './tally.ts';

const CHECKS = [
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
  { name: 'types', command: 'tsc', args: [] },
  { name: 'unused', command: 'knip', args: [] },
] as const;
const CHECK_LIMIT_MS = 5 * 60_000;
const TESTS_LIMIT_MS = 70 * 60_000;
const ALONE_LIMIT_MS = 10 * 60_000;

const check = async ({ name, command, args }: (typeof CHECKS)[number]): Promise<Tally> => {
  const { exitCode, output } = await runProgram(command, args, { show: false, limitMs: CHECK_LIMIT_MS });
  const passed = exitCode === 0;
  console.log(passed ? `[check] ${name}: ok (${command})` : `[check] ${name}: FAILED (${command})\n${output}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
};

const readReport = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
};

interface Run {
  readonly exitCode: number;
  /** Undefined when the run left none. */
  readonly report: unknown;
  /** Whether every error was one of a test. */
  readonly isContained: boolean;
}

const runTests = async (paths: readonly string[], limitMs: number): Promise<Run> => {
  const folder = await mkdtemp(join(tmpdir(), 'hoami-report-'));
  // vitest.config.ts puts there what came of the run.
  process.env['TEST_REPORT_FOLDER'] = folder;
  try {
    const { exitCode } = await runProgram('vitest', ['run', ...paths], { show: true, limitMs });
    const escaped = await readFile(join(folder, 'escaped'), 'utf8').catch(() => 'nobody knows how many');
    return { exitCode, report: await readReport(join(folder, 'tests.json')), isContained: escaped === '0' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Everything at once keeps a machine busy. A file that failed among all others is run once more by itself, and named. */
const runAloneWhatFailed = async (run: Run): Promise<Run> => {
  const suspects = run.report === undefined || !run.isContained ? [] : suspectsOf(run.report);
  if (suspects.length === 0) return run;
  const alone = await runTests(
    suspects.map(({ file }) => file),
    ALONE_LIMIT_MS,
  );
  if (alone.report === undefined) return run;
  const outcome = alone.exitCode === 0 ? 'passed' : 'failed again';
  for (const { tests } of suspects) for (const name of tests) console.log(`[check] failed among all others, ${outcome} alone: ${name}`);
  return { ...alone, report: replaced(run.report, alone.report) };
};

const test = async (paths: readonly string[]): Promise<Tally> => {
  const run = await runTests(paths, TESTS_LIMIT_MS);
  const { report, exitCode } = paths.length > 0 ? run : await runAloneWhatFailed(run);
  return tallyTests(report, exitCode);
};

const paths = process.argv.slice(2);
const checks = paths.length > 0 ? [] : await Promise.all(CHECKS.map(check));
const counted = sum([...checks, await test(paths)]);
const complete = process.env['CI'] === 'true';
if (complete && counted.skipped > 0) console.log(`[check] ${counted.skipped} skipped, which counts as failed under CI=true`);
const tally = complete ? countSkippedAsFailed(counted) : counted;
console.log(lastLine(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
