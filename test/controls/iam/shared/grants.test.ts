import * as iam from '../../../../lib/controls/iam/index.ts';
import {
  mostSessionPolicy,
  sessionPolicyOf,
} from '../../../../lib/engine/remediation/session-policy.ts';
import type { Control } from '../../../../lib/model/control.ts';

const account = '123456789012';
const region = 'ap-southeast-1';
const path = `/${'p'.repeat(510)}/`;
/** The longest ARNs that IAM allows: a path of 512 characters, names of 64, of groups and policies 128. */
const longest: Readonly<Record<string, string>> = {
  'AWS::IAM::User': `arn:aws-us-gov:iam::${account}:user${path}${'n'.repeat(64)}`,
  'AWS::IAM::Role': `arn:aws-us-gov:iam::${account}:role${path}${'n'.repeat(64)}`,
  'AWS::IAM::Group': `arn:aws-us-gov:iam::${account}:group${path}${'n'.repeat(128)}`,
  'Plumbline::IAM::Account': `arn:aws-us-gov:iam::${account}:root`,
  'Plumbline::AccessAnalyzer::Region': `arn:aws-us-gov:iam::${account}:root`,
};

const controls: readonly Control[] = Object.values(iam);
const granting = controls.flatMap(({ id, resources, remediation }) => {
  const grants = remediation.grants ?? remediation.combined?.grants ?? [];
  return grants.length === 0 ? [] : resources.map(({ type }) => ({ id, type, grants }));
});

describe('the session policy of an IAM plan', () => {
  it.each(granting)('fits and names the resource: $id on $type', ({ type, grants }) => {
    const arn = longest[type];
    if (!arn) throw new Error(`no ARN of ${type}`);
    const place = { ref: { account, region, id: 'n' }, arn };
    const granted = grants
      .map(({ actions, on }) => ({ actions, resources: on(place, {}) }))
      .filter(({ resources }) => resources.length > 0);
    expect(granted.length).toBeGreaterThan(0);
    expect(sessionPolicyOf(granted).length).toBeLessThanOrEqual(mostSessionPolicy);
    const wild = granted.filter(({ resources }) => resources.includes('*'));
    // Only the password policy is no resource.
    expect(
      wild.flatMap(({ actions }) => actions).filter((one) => !/PasswordPolicy$/.test(one)),
    ).toEqual([]);
  });
});
