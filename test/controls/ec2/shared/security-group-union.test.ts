import * as controls from '../../../../lib/controls/ec2/index.ts';
import { planOf } from '../../../../lib/engine/remediation/planning.ts';
import type { Control } from '../../../../lib/model/control.ts';
import { defaults, now } from '../../harness.ts';
import { facetsOf, group, rule } from '../rules.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'sg-1' };
const groupArn = 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1';
const ssh: Control = controls.securityGroupClosesSsh;
const rdp: Control = controls.securityGroupClosesRdp;
const everything: Control = controls.securityGroupKeepsSomethingClosed;
const highRisk: Control = controls.securityGroupClosesHighRiskPorts;
const ofDefault: Control = controls.defaultSecurityGroupIsClosed;
const named: Control = controls.securityGroupAdmitsAdminsFromNamedSources;

type State = Readonly<Record<string, unknown>>;
const planned = (state: State, ...failing: readonly Control[]) => {
  const made = planOf(
    failing.map((control) => ({
      control,
      parameters: { ...defaults(control), adminSources: ['10.0.9.0/28', '128.0.0.0/1'] },
    })),
    state,
    { ref, arn: groupArn, at: now },
  );
  if (!made) throw new Error('nothing was planned');
  const calls = made.plan.calls ?? [];
  return { ...made, operations: calls.map(({ operation }) => operation) };
};
const split = 'authorizeSecurityGroupIngress';
const narrow = 'modifySecurityGroupRules';
const revoke = 'revokeSecurityGroupIngress';
const inUse = (rules: readonly string[]) => ({
  ...group(rules),
  group: { name: 'default', owner: ref.account, vpc: 'vpc-1' },
  interfaces: ['eni-1'],
});

describe('one plan for several controls of a group', () => {
  test('closes what all of them forbid', () => {
    const { plan, controls: ids, operations } = planned(group(['tcp 0-65535 from ::/0']), ssh, rdp);
    expect(ids).toEqual(['EC2.13', 'EC2.14']);
    expect(operations).toEqual([split, split, narrow]);
    expect(plan).toMatchObject({
      kind: 'calls',
      risk: 'safe',
      summary: 'closes tcp 22, 3389 to the internet (rules: 1 narrowed, 2 added)',
    });
  });

  test('leaves open what a control asks for that is not among them', () => {
    const { operations } = planned(group(['tcp 22-3389 from ::/0']), rdp);
    expect(operations).toEqual([narrow]);
  });

  test('closes all ports to everybody only where the others have left all open', () => {
    const made = planned(group(['tcp 0-65535 from ::/0']), everything, ssh);
    expect(made.plan).toMatchObject({ risk: 'safe' });
    expect(made.controls).toEqual(['PL.EC2.3', 'EC2.13']);
    expect(planned(group(['tcp 0-65535 from ::/0']), everything).operations).toEqual([revoke]);
  });

  test('splits a rule for all traffic where one of them forbids it as a whole', () => {
    const { plan, controls: ids } = planned(group(['-1 from ::/0']), ssh, everything);
    expect(ids).toEqual(['EC2.13', 'PL.EC2.3']);
    expect(plan).toMatchObject({
      risk: 'disruptive',
      summary: expect.stringMatching(/, with all protocols but ICMP that have no ports \(rules/),
    });
  });

  test('closes what lets them in by itself before what only does so together', () => {
    const halves = group(['tcp 22 from 0.0.0.0/1', 'tcp 22 from 128.0.0.0/1']);
    const made = planned(halves, ssh, named);
    expect(made.plan.calls).toMatchObject([{ input: { SecurityGroupRuleIds: ['sgr-0'] } }]);
    expect(planned(halves, ssh).plan.calls).toMatchObject([
      { input: { SecurityGroupRuleIds: ['sgr-0', 'sgr-1'] } },
    ]);
  });

  test('leaves out a control that needs a person, unless it is asked for first', () => {
    const state = inUse(['tcp 22 from 0.0.0.0/0', '-1 from sg-1', '-1 to 0.0.0.0/0']);
    const made = planned(state, ssh, ofDefault);
    expect(made.controls).toEqual(['EC2.13']);
    expect(made.operations).toEqual([revoke]);
    const first = planned(state, ofDefault, ssh);
    expect(first.controls).toEqual(['EC2.2']);
    expect(first.plan).toMatchObject({ kind: 'proposal', why: 'the group is in use, by eni-1' });
    expect(first.operations).toEqual([revoke, 'revokeSecurityGroupEgress']);
  });

  test('has room for one control where it has none for all', () => {
    const others = Array.from({ length: 58 }, (_, i) => `tcp 443 from 198.51.100.${i}/32`);
    const state = group(['tcp 0-65535 from 0.0.0.0/0', ...others]);
    const made = planned(state, ssh, highRisk);
    expect(made.controls).toEqual(['EC2.13']);
    expect(made.operations).toEqual([split, narrow]);
    expect(planned(state, highRisk, ssh).plan).toMatchObject({ kind: 'proposal' });
  });

  test('proposes nothing where its rules were read at another time', () => {
    const state = { ...group(['tcp 22 from ::/0']), identifiedRules: [] };
    expect(planned(state, ssh).plan).toEqual({
      kind: 'proposal',
      why: 'its rules changed while they were read',
    });
  });
});

describe('a rule for a group of another account', () => {
  test('is replaced, because it can be authorized with the account but not narrowed', () => {
    const one = rule('tcp 20-30 from sg-2');
    const peer = { kind: 'group', id: 'sg-2', account: '210987654321' } as const;
    const { operations, plan } = planned(facetsOf([{ ...one, peer }]), named);
    expect(operations).toEqual([split, split, revoke]);
    expect(plan.calls?.[0]).toMatchObject({
      input: {
        IpPermissions: [{ UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '210987654321' }] }],
      },
    });
  });
});

describe('the session of a plan', () => {
  const rules = 'arn:aws:ec2:us-east-1:123456789012:security-group-rule/*';
  const resourcesFor = (action: string, state: State) =>
    planned(state, ssh).grants.flatMap(({ actions, resources }) =>
      actions.includes(action) ? resources : [],
    );

  test('may change the rules of the group alone', () => {
    const state = group(['tcp 20-30 from ::/0']);
    expect(resourcesFor('ec2:ModifySecurityGroupRules', state)).toEqual([groupArn, rules]);
    expect(resourcesFor('ec2:RevokeSecurityGroupIngress', state)).toEqual([groupArn]);
    expect(resourcesFor('ec2:RevokeSecurityGroupEgress', state)).toEqual([]);
    expect(resourcesFor('ec2:CreateTags', state)).toEqual([]);
  });

  test('may tag new rules where there are tags, and name lists where a rule names one', () => {
    const state = facetsOf(
      [{ ...rule('tcp 20-30 from ::/0'), tags: { team: 'net' } }, rule('tcp 443 from pl-1')],
      { 'pl-1': ['203.0.113.0/24'] },
    );
    expect(resourcesFor('ec2:CreateTags', state)).toEqual([rules]);
    expect(resourcesFor('ec2:AuthorizeSecurityGroupIngress', state)).toEqual([groupArn, rules]);
    expect(resourcesFor('ec2:ModifySecurityGroupRules', state)).toContain(
      'arn:aws:ec2:us-east-1:*:prefix-list/*',
    );
  });
});
