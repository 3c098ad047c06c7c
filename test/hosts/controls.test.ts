import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hostControls } from '../../lib/hosts/index.ts';
import { auditPart, fixPart } from '../../lib/hosts/lines.ts';
import { fileOfPart } from '../../lib/hosts/shell.ts';

test('no two controls have the same id', () => {
  expect(new Set(hostControls.map(({ id }) => id)).size).toBe(hostControls.length);
});

test('the catalogue has its rows', () => {
  const count = (prefixes: string): number =>
    hostControls.filter(({ id }) => new RegExp(`^PL\\.(${prefixes})\\.\\d+$`).test(id)).length;
  expect({
    ssh: count('SSH'),
    kernel: count('NET|KRN'),
    firewall: count('FW|F2B'),
    logs: count('AUD|LOG|TIME|UPD'),
    files: count('FIL|MNT|ACC|SVC|MAC'),
    docker: count('DKR'),
    postgres: count('PG'),
  }).toEqual({ ssh: 20, kernel: 20, firewall: 9, logs: 17, files: 24, docker: 14, postgres: 7 });
  expect(hostControls).toHaveLength(111);
});

describe.each(hostControls)('$id', (control) => {
  const { id, title, rationale, remediation, parameters = {} } = control;

  test('is told in one sentence each', () => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(rationale).toMatch(/^[A-Z0-9].*\.$/);
    expect(remediation.advice).toMatch(/\.$/);
    expect(remediation.advice.length).toBeLessThanOrEqual(400);
    expect(id).toMatch(/^PL\.[A-Z0-9]{2,4}\.\d{1,2}$/);
  });

  test('has the bash that evaluates it, and that puts it right where it says so', () => {
    for (const part of [auditPart(control), ...fixPart(control)])
      expect({ part, isThere: existsSync(fileOfPart(part)) }).toEqual({ part, isThere: true });
  });

  test('has parameters whose defaults are allowed, and uses each', () => {
    for (const [name, parameter] of Object.entries(parameters)) {
      expect(parameter.accepts(parameter.default)).toBe(true);
      expect(JSON.stringify(control.check)).toContain(`{"parameter":"${name}"}`);
    }
    const used = JSON.stringify(control.check).matchAll(/\{"parameter":"(\w+)"\}/g);
    for (const [, name] of used) expect(Object.keys(parameters)).toContain(name);
  });
});
