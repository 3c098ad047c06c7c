import { expect, test } from '@jest/globals';
import type { DocumentSource } from '../../lib/hosts/compile.ts';
import { type Report, runDocument } from './audited.ts';

const source = (...body: readonly string[]): DocumentSource => ({
  name: 'Plumbline-Test',
  description: 'for a test',
  parameters: {},
  parts: ['report'],
  body,
  timeoutSeconds: 60,
});
const reported = (...body: readonly string[]) => {
  const { stdout } = runDocument(source('AREAS=ssh,kernel', ...body, "report ''"), []);
  const report: Report = JSON.parse(stdout);
  return { stdout, report };
};

test('a verdict is short, whatever a host has written into it', () => {
  const { report } = reported(
    'CONTROL=PL.SSH.1',
    `fail $'a"b\\\\c\\n\\e[31m\\xff\\t' false "$(printf 'é%.0s' {1..500})"`,
  );
  expect(report.areas).toEqual(['ssh', 'kernel']);
  expect(report.results).toEqual([
    { id: 'PL.SSH.1', s: 'FAIL', e: 'a"b\\c ?[31m? ', p: false, why: '?'.repeat(120) },
  ]);
});

test('each verdict has its own members', () => {
  const { report } = reported(
    ...['CONTROL=PL.A.1', 'pass no', 'CONTROL=PL.A.2', "na 'no sshd'"],
    ...['CONTROL=PL.A.3', "unknown 'cannot be read'", 'CONTROL=PL.A.1', 'fail yes true because'],
  );
  expect(report.results).toEqual([
    { id: 'PL.A.1', s: 'FAIL', e: 'yes', p: true, why: 'because' },
    { id: 'PL.A.2', s: 'NA', why: 'no sshd' },
    { id: 'PL.A.3', s: 'UNKNOWN', why: 'cannot be read' },
  ]);
});

test('all controls fit into what the agent keeps, however much there is to say', () => {
  const { stdout, report } = reported(
    'printf -v long %0200d 1',
    'for name in {1..25}; do FACT[fact$name]=$long; done',
    'for each in {1..111}; do CONTROL=PL.AREA.$each; fail "$long" false "$long"; done',
  );
  expect(report.results).toHaveLength(111);
  expect(stdout.length).toBeLessThan(24_000);
});

test('what is asked for in vain is said, not left out', () => {
  const { stdout, status } = runDocument(
    source('AREAS=ssh CONTROLS=PL.A.9', 'all_controls_judged'),
    [],
  );
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    v: 1,
    document: 'test',
    error: 'PL.A.9 is no control of the areas ssh',
  });
});
