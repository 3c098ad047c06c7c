import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hostControls } from '../../lib/hosts/index.ts';
import { auditPart, fixPart } from '../../lib/hosts/lines.ts';

const file = (part: string): URL => new URL(`../../lib/hosts/shell/${part}.sh`, import.meta.url);

test('no two controls have the same id', () => {
  expect(new Set(hostControls.map(({ id }) => id)).size).toBe(hostControls.length);
});

test('the catalogue has its rows', () => {
  const count = (prefix: RegExp): number => hostControls.filter(({ id }) => prefix.test(id)).length;
  expect(count(/^PL\.SSH\.\d+$/)).toBe(20);
  expect(count(/^PL\.(NET|KRN)\.\d+$/)).toBe(20);
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

  test('has the bash that judges it, and that puts it right where it says so', () => {
    for (const part of [auditPart(control), ...fixPart(control)])
      expect({ part, isThere: existsSync(file(part)) }).toEqual({ part, isThere: true });
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
