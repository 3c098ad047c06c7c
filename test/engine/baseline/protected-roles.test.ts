import { isRoleArn, protectingEntry } from '../../../lib/engine/baseline/protected-roles.ts';

const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe('an entry of protectedRoles', () => {
  it.each([arn('a'), arn('path/*'), arn('a-?'), 'arn:aws-us-gov:iam::*:role/a'])(
    'may be %s',
    (entry) => expect(isRoleArn(entry)).toBe(true),
  );
  it.each(['*', 'a', 'arn:aws:iam::123456789012:*', 'arn:aws:iam::123456789012:user/a', arn('')])(
    'is not %s',
    (entry) => expect(isRoleArn(entry)).toBe(false),
  );

  const rows: readonly (readonly [entry: string, role: string, isProtected: boolean])[] = [
    [arn('admin'), 'admin', true],
    [arn('admin'), 'admin2', false],
    [arn('ADMIN'), 'admin', false],
    [arn('*'), 'path/admin', true],
    [arn('break-?lass'), 'break-glass', true],
    [arn('break-?lass'), 'break-lass', false],
    [arn('*-glass'), 'a-glass-b', false],
    [arn('a*b*c'), 'a1b2b3c', true],
    [arn('[a-z]'), 'b', false],
    ['arn:aws:iam::*:role/admin', 'admin', true],
  ];
  it.each(rows)('%s and the role %s: %s', (entry, role, isProtected) => {
    expect(protectingEntry([entry], arn(role)) !== undefined).toBe(isProtected);
  });

  it('with many stars takes no longer than it is long', () => {
    const before = Date.now();
    expect(protectingEntry([arn('*a'.repeat(200))], arn(`${'a'.repeat(255)}b`))).toBeUndefined();
    expect(Date.now() - before).toBeLessThan(500);
  });
});
