import { memberAccountsAreHeard } from '../../../lib/controls/plumbline/member-accounts-are-heard.ts';
import { now, testControl } from '../harness.ts';

const id = '444455556666';
const bus = 'arn:aws:events:us-east-1:123456789012:event-bus/Plumbline-Ears';
const role = `arn:aws:iam::${id}:role/Plumbline-Forward`;
const pattern = '{"source":["aws.ec2"]}';
const wanted = [{ name: 'Plumbline-Calls', pattern }];
const rule = {
  name: 'PlumblineMember-Calls',
  arn: `arn:aws:events:us-east-1:${id}:rule/PlumblineMember-Calls`,
  state: 'ENABLED' as const,
  pattern,
  schedule: undefined,
  targets: [bus],
  aims: [{ Id: 'Target0', Arn: bus, RoleArn: role }],
};
const at = (region: string, rules: readonly (typeof rule | object)[]) => ({
  region,
  wanted,
  rules: rules.map((one) => ({ ...rule, ...one })),
});
const home = at('us-east-1', [{}]);
const recheckAt = new Date(now.getTime() + 4 * 3_600_000);
const path = 'ears[eu-west-1].wanted[Plumbline-Calls]';
const deaf = (rules: readonly object[]) =>
  ({
    given: { ears: [home, at('eu-west-1', rules)] },
    id,
    verdict: 'FAIL',
    reason: /does not bring all that changes in eu-west-1$/,
    evidence: [path],
    recheckAt,
  }) as const;

testControl(memberAccountsAreHeard, {
  base: { ears: [home] },
  rows: {
    'every pattern is brought to the bus of the hub, by the role of the account': {
      given: { ears: [home, at('eu-west-1', [{}, { name: 'theirs', state: 'DISABLED' }])] },
      id,
      verdict: 'PASS',
      recheckAt,
    },
    'the stack does not name the account': {
      given: { ears: undefined },
      id,
      verdict: 'NOT_APPLICABLE',
      reason: /does not name/,
    },
    'the hub has lost the rules that say what is to be heard': {
      given: { ears: [home, { region: 'eu-west-1', wanted: [], rules: [] }] },
      id,
      verdict: 'FAIL',
      reason: /in eu-west-1: the hub has no rule there/,
      evidence: ['ears[eu-west-1].wanted'],
      recheckAt,
    },
    'a rule is disabled': deaf([{ state: 'DISABLED' }]),
    'a rule is gone': deaf([]),
    'a rule listens to less': deaf([{ pattern: '{"source":["aws.s3"]}' }]),
    'a rule brings events to a bus of that name in the account itself': deaf([
      { aims: [{ Arn: bus.replace('123456789012', id), RoleArn: role }] },
    ]),
    'a rule brings events by another role': deaf([
      { aims: [{ Arn: bus, RoleArn: role.replace('Forward', 'Read') }] },
    ]),
    'a rule brings events by the role of that name in the hub': deaf([
      { aims: [{ Arn: bus, RoleArn: role.replace(id, '123456789012') }] },
    ]),
    'a rule brings something else than the event': deaf([
      { aims: [{ Arn: bus, RoleArn: role, Input: '{}' }] },
    ]),
    'the rules of a region may not be looked at, so that nobody knows': {
      given: { ears: [home, { region: 'eu-west-1', refusal: 'AccessDeniedException: no' }] },
      id,
      verdict: 'FAIL',
      reason: /in eu-west-1$/,
      evidence: ['ears[eu-west-1]'],
      recheckAt,
    },
  },
});
