import { describe, expect, it } from 'vitest';
import { countSkippedAsFailed, lastLine, replaced, suspectsOf, tallyTests } from '../../tools/tally.ts';

const file = (status: string, ...tests: string[]) => named('/hoami/test/core/grid.test.ts', status, ...tests);
const named = (name: string, status: string, ...tests: string[]) => ({
  name,
  status,
  assertionResults: tests.map((test, index) => ({ status: test, fullName: `story ${index + 1}` })),
});

describe('the count of a test run', () => {
  it.each([
    ['a green run', [file('passed', 'passed', 'passed')], 0, '2 passed, 0 failed'],
    ['failing tests', [file('failed', 'passed', 'failed', 'failed')], 1, '1 passed, 2 failed'],
    ['skipped tests', [file('passed', 'passed', 'skipped', 'todo')], 0, '1 passed, 0 failed, 2 skipped'],
    ['a file that did not load', [file('failed'), file('passed', 'passed')], 1, '1 passed, 1 failed'],
    ['a hook that failed after its tests passed', [file('failed', 'passed')], 1, '1 passed, 1 failed'],
    ['an error outside any test', [file('passed', 'passed')], 1, '1 passed, 1 failed'],
    ['no test at all', [], 0, '0 passed, 1 failed'],
  ])('%s', (_, testResults, exitCode, line) => {
    expect(lastLine(tallyTests({ testResults }, exitCode))).toBe(line);
  });

  it('takes a missing report, as a broken set-up leaves it, for a failure', () => {
    expect(lastLine(tallyTests(undefined, 1))).toBe('0 passed, 1 failed');
    expect(lastLine(tallyTests(undefined, 0))).toBe('0 passed, 1 failed');
  });

  it('does not guess at a report of another shape', () => {
    expect(() => tallyTests({ numPassedTests: 3 }, 0)).toThrow('testResults');
  });

  it('lets nothing count as shown that was skipped, where everything must run', () => {
    expect(lastLine(countSkippedAsFailed({ passed: 3, failed: 1, skipped: 2 }))).toBe('3 passed, 3 failed');
  });
});

describe('what failed among all others', () => {
  const page = named('/hoami/test/adapters/web/page.test.ts', 'failed', 'passed', 'failed');
  const green = file('passed', 'passed');

  it('is run again alone, and counts as it does then', () => {
    const report = { testResults: [green, page] };
    expect(suspectsOf(report)).toEqual([{ file: page.name, tests: ['story 2'] }]);
    const passed = { testResults: [named(page.name, 'passed', 'passed', 'passed')] };
    expect(lastLine(tallyTests(replaced(report, passed), 0))).toBe('3 passed, 0 failed');
    const failed = { testResults: [page] };
    expect(lastLine(tallyTests(replaced(report, failed), 1))).toBe('2 passed, 1 failed');
  });

  it.each([
    ['is a promise under kills or outages', [page, named('/hoami/test/proof/crash/crash.test.ts', 'failed', 'failed')]],
    ['did not load', [named(page.name, 'failed')]],
    ['is too much for a busy machine', ['a', 'b', 'c', 'd'].map((name) => named(`/hoami/test/${name}.test.ts`, 'failed', 'failed'))],
    ['is nothing', [green]],
  ])('is not run again when it %s', (_, testResults) => {
    expect(suspectsOf({ testResults })).toEqual([]);
  });
});
