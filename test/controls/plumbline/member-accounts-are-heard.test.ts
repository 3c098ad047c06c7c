import {
  memberAccountsAreHeard,
  regionsNamedIn,
} from '../../../lib/controls/plumbline/member-accounts-are-heard.ts';
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
};
const queueIn = (region: string) => `arn:aws:sqs:${region}:${id}:PlumblineMember-Undelivered`;
/** A target as it stands in a region. */
const aim = (region: string, over = {}) => ({
  Id: 'Target0',
  Arn: bus,
  RoleArn: role,
  DeadLetterConfig: { Arn: queueIn(region) },
  ...over,
});
const at = (region: string, rules: readonly object[], queues = [queueIn(region)]) => ({
  region,
  wanted,
  rules: rules.map((one) => ({ ...rule, aims: [aim(region)], ...one })),
  queues,
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

const losing = (rules: readonly object[], queues?: string[]) =>
  ({
    given: { ears: [home, at('eu-west-1', rules, queues)] },
    id,
    verdict: 'FAIL',
    reason: /keeps nothing of what it cannot bring in eu-west-1$/,
    evidence: ['ears[eu-west-1].rules[PlumblineMember-Calls].undelivered'],
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
      given: { ears: [home, { region: 'eu-west-1', wanted: [], rules: [], queues: [] }] },
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
      { aims: [aim('eu-west-1', { Arn: bus.replace('123456789012', id) })] },
    ]),
    'a rule brings events by another role': deaf([
      { aims: [aim('eu-west-1', { RoleArn: role.replace('Forward', 'Read') })] },
    ]),
    'a rule brings events by the role of that name in the hub': deaf([
      { aims: [aim('eu-west-1', { RoleArn: role.replace(id, '123456789012') })] },
    ]),
    'a rule brings something else than the event': deaf([
      { aims: [aim('eu-west-1', { Input: '{}' })] },
    ]),
    'the queue of what is not brought was deleted': losing([{}], []),
    'a rule names no queue for what it cannot bring': losing([
      { aims: [aim('eu-west-1', { DeadLetterConfig: undefined })] },
    ]),
    'a rule names a queue of another region': losing([{ aims: [aim('us-east-1')] }]),
    'one region is deaf, and another keeps nothing': {
      given: { ears: [at('us-east-1', []), at('eu-west-1', [{}], [])] },
      id,
      verdict: 'FAIL',
      reason:
        /^account 444455556666 does not bring all that changes in us-east-1; keeps nothing of what it cannot bring in eu-west-1$/,
      evidence: [
        'ears[us-east-1].wanted[Plumbline-Calls]',
        'ears[eu-west-1].rules[PlumblineMember-Calls].undelivered',
      ],
      recheckAt,
    },
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

describe('the regions that a reason names', () => {
  const reason = (what: string) => regionsNamedIn(`account ${id} ${what}`);
  const deafReason = 'does not bring all that changes in';
  const lost = 'keeps nothing of what it cannot bring in';

  it.each([
    [`${deafReason} us-east-1, eu-west-1`, ['us-east-1', 'eu-west-1']],
    [`${deafReason} us-east-1: the hub has no rule there`, ['us-east-1']],
    [`${lost} eu-west-1`, ['eu-west-1']],
    [`${deafReason} us-east-1; ${lost} eu-west-1`, ['us-east-1', 'eu-west-1']],
  ])('%s', (what, regions) => {
    expect(reason(what)).toEqual(regions);
  });

  it.each([
    `${deafReason} us-east-1, eu-…`,
    `${deafReason} us-east-1; ${lost} eu…`,
    'may not be read',
  ])('are not all known: %s', (what) => {
    expect(reason(what)).toBeUndefined();
  });
});
