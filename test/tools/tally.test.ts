import { describe, expect, it } from 'vitest';
import { countSkippedAsFailed, lastLine, tallyTests } from '../../tools/tally.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

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
