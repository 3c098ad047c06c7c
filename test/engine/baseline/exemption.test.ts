import { exemptionFor } from '../../../lib/engine/baseline/exemption.ts';

const exemption = (resource: string, over = {}) => ({
  control: 'IAM.5',
  resource,
  owner: 'web team',
  reason: 'migration',
  expires: '2027-01-31T23:59:59.999Z',
  ...over,
});
const before = new Date('2027-01-01T00:00:00Z');
const role = {
  controlId: 'IAM.5',
  arn: 'arn:aws:iam::123456789012:role/teams/web/deploy',
  id: 'deploy',
};
const counts = (resource: string, evaluated = role, at = before) =>
  exemptionFor({ exemptions: [exemption(resource)] }, evaluated, at) !== undefined;

describe('an exemption', () => {
  const resources: Record<string, [resource: string, counts: boolean]> = {
    'by the exact ARN': [role.arn, true],
    'by the exact id': ['deploy', true],
    'by a part of the ARN': ['arn:aws:iam::123456789012:role/teams', false],
    'by another spelling': ['Deploy', false],
    'by a glob of the last part': ['arn:aws:iam::123456789012:role/teams/web/*', true],
    'by a glob of the account': ['arn:aws:iam::*:role/teams/web/deploy', true],
    'by a glob of the id': ['dep*', true],
    'by alternatives': ['arn:aws:iam::*:role/teams/{web,shop}/deploy', true],
    'by two stars, which cross slashes': ['arn:aws:iam::123456789012:role/**', true],
    'by one star, which does not cross a slash': ['arn:aws:iam::123456789012:role/*', false],
    'by everything but another': ['!arn:aws:iam::123456789012:role/other', false],
    'by everything but another, as an extended glob': ['!(other)', false],
    'by a glob that is broken': ['arn:aws:iam::123456789012:role/{', false],
  };
  it.each(Object.entries(resources))('%s', (_, [resource, expected]) => {
    expect(counts(resource)).toBe(expected);
  });

  it('does not read a dot or a plus as anything but itself', () => {
    const evaluated = { ...role, arn: 'arn:aws:iam::123456789012:user/aXb', id: 'aXb' };
    expect(counts('a.b*', evaluated)).toBe(false);
    expect(counts('a+b*', { ...evaluated, id: 'aab' })).toBe(false);
    expect(counts('a+b*', { ...evaluated, id: 'a+b@c' })).toBe(true);
  });

  it('counts for its own control only', () => {
    expect(counts('deploy', { ...role, controlId: 'IAM.1' })).toBe(false);
  });

  it('counts until the end of its last day', () => {
    expect(counts('deploy', role, new Date('2027-01-31T23:59:59.999Z'))).toBe(true);
    expect(counts('deploy', role, new Date('2027-02-01T00:00:00.000Z'))).toBe(false);
  });

  it('of several is the one that counts longest', () => {
    const longer = exemption('dep*', { owner: 'other', expires: '2027-06-30T23:59:59.999Z' });
    const exemptions = [exemption('deploy'), longer, exemption('*')];
    expect(exemptionFor({ exemptions }, role, before)).toEqual(longer);
    expect(exemptionFor({ exemptions }, role, new Date('2028-01-01'))).toBeUndefined();
  });
});
