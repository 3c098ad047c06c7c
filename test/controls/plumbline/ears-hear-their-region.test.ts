import { earsHearTheirRegion } from '../../../lib/controls/plumbline/ears-hear-their-region.ts';
import type { OwnResource } from '../../../lib/resources/account/own-template.ts';
import { now, testControl } from '../harness.ts';

const there = 'eu-west-1:123456789012';
const prefix = 'PlumblineEars-eu-west-1';
const busArn = 'arn:aws:events:us-east-1:123456789012:event-bus/Plumbline-Ears';
const role = 'arn:aws:iam::123456789012:role/Plumbline-Forward';
const undelivered = `arn:aws:sqs:${there}:${prefix}-Undelivered-1`;
const url = `https://sqs.eu-west-1.amazonaws.com/123456789012/${prefix}-Undelivered-1`;

const patterns = { Calls: { source: ['aws.ec2'] }, Events: { source: ['aws.rds'] } };
const target = {
  Id: 'Target0',
  Arn: busArn,
  RoleArn: role,
  DeadLetterConfig: { Arn: undelivered },
};
const rules = Object.entries(patterns).map(([name, pattern]) => ({
  name: `${prefix}-${name}-1`,
  arn: `arn:aws:events:${there}:rule/${prefix}-${name}-1`,
  state: 'ENABLED' as 'ENABLED' | 'DISABLED',
  // EventBridge may write it in another order.
  pattern: JSON.stringify(pattern),
  schedule: undefined,
  targets: [busArn],
  aims: [target],
}));
const [calls, events] = rules;
if (!(calls && events)) throw new Error('the ears of these tests have two rules');

const admission = {
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: undelivered,
      Condition: { ArnEquals: { 'aws:SourceArn': rules.map(({ arn }) => arn) } },
    },
  ],
};
const attributes = {
  DelaySeconds: '0',
  MessageRetentionPeriod: '1209600',
  VisibilityTimeout: '30',
};
const queue = { arn: undelivered, policy: JSON.stringify(admission), attributes };

const resource = (type: string, physicalId: string, properties: object): OwnResource => ({
  id: physicalId,
  type,
  physicalId,
  properties: { ...properties },
});
const stackOf = (wanted: Readonly<Record<string, object>>, aims: readonly object[] = [target]) => ({
  arn: `arn:aws:cloudformation:${there}:stack/${prefix}/1`,
  status: 'CREATE_COMPLETE',
  changedAt: '2026-06-01T00:00:00.000Z',
  resources: [
    ...Object.entries(wanted).map(([name, pattern]) =>
      resource('AWS::Events::Rule', `${prefix}-${name}-1`, {
        State: 'ENABLED',
        EventPattern: pattern,
        Targets: aims,
      }),
    ),
    resource('AWS::SQS::Queue', url, { MessageRetentionPeriod: 1209600 }),
    resource('AWS::SQS::QueuePolicy', 'policy-1', { Queues: [url], PolicyDocument: admission }),
  ],
});
const stack = stackOf(patterns);
const hub = {
  status: 'UPDATE_COMPLETE',
  changedAt: '2026-06-01T00:00:00.000Z',
  wanted: Object.entries(patterns).map(([name, pattern]) => ({
    name: `Plumbline-Ears${name}-1`,
    pattern: JSON.stringify(pattern),
  })),
};

const recheckAt = new Date(now.getTime() + 4 * 3_600_000);
const regions = ['us-east-1', 'eu-west-1'];
const id = 'eu-west-1';
const failing = { id, regions, verdict: 'FAIL', recheckAt } as const;
const wanted = (name: string) => `hub.wanted[Plumbline-Ears${name}-1]`;
const rule = (name: string) => `eventRules[${prefix}-${name}-1]`;
const withCalls = (change: object) => ({ eventRules: [{ ...calls, ...change }, events] });
const narrower = { source: ['aws.ec2'], 'detail-type': ['none'] };
const theirs = 'arn:aws:iam::123456789012:role/theirs';
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

testControl(earsHearTheirRegion, {
  base: { stack, eventRules: rules, queues: [queue], hub },
  rows: {
    'as they were deployed': { id, regions, given: {}, verdict: 'PASS', recheckAt },
    'where the governed regions are not known': { id, given: {}, verdict: 'PASS', recheckAt },
    'the home region': {
      id: 'us-east-1',
      regions,
      given: { stack: undefined, eventRules: [], queues: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /home region/,
    },
    'nothing is deployed': {
      id,
      regions,
      given: { stack: undefined, eventRules: [], queues: [], hub: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /not deployed in us-east-1/,
    },
    'a region that is not governed': {
      id,
      regions: ['us-east-1'],
      given: { stack: undefined, eventRules: [], queues: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /does not govern/,
    },
    'the ears were never deployed, or their stack was deleted': {
      ...failing,
      given: { stack: undefined, eventRules: [], queues: [] },
      reason: /nothing listens/,
      evidence: ['stack'],
    },
    'there is no more than a change set that would make the stack': {
      ...failing,
      given: {
        stack: { ...stack, status: 'REVIEW_IN_PROGRESS', resources: [] },
        eventRules: [],
        queues: [],
      },
      evidence: ['stack'],
    },
    'the ears are being deployed, as long as a deployment takes': {
      id,
      regions,
      given: {
        hub: { ...hub, changedAt: minutesAgo(10) },
        stack: { ...stack, status: 'CREATE_IN_PROGRESS' },
        eventRules: [],
      },
      verdict: 'PASS',
      recheckAt: new Date(now.getTime() + 50 * 60_000),
    },
    'somebody keeps the stack of the ears at work, and disables a rule': {
      ...failing,
      given: {
        ...withCalls({ state: 'DISABLED' }),
        stack: { ...stack, status: 'UPDATE_IN_PROGRESS' },
      },
      reason: /1 of 2 patterns/,
      evidence: [wanted('Calls')],
    },
    'nothing at home takes what the ears bring': {
      ...failing,
      given: { hub: { ...hub, wanted: [] } },
      reason: /no rule at home/,
      evidence: ['hub.wanted'],
    },
    'Plumbline is being deployed': {
      id,
      regions,
      given: { hub: { ...hub, status: 'UPDATE_IN_PROGRESS', wanted: [] } },
      verdict: 'UNKNOWN',
    },
    'a rule is disabled': {
      ...failing,
      given: withCalls({ state: 'DISABLED' }),
      reason: /1 of 2 patterns/,
      evidence: [wanted('Calls'), `${rule('Calls')}.state`],
    },
    'a rule was deleted': {
      ...failing,
      given: { eventRules: [events] },
      evidence: [wanted('Calls'), rule('Calls')],
    },
    'all rules were deleted': {
      ...failing,
      given: { eventRules: [] },
      reason: /2 of 2 patterns/,
      evidence: [wanted('Calls'), wanted('Events'), rule('Calls'), rule('Events')],
    },
    'a rule has no target': {
      ...failing,
      given: withCalls({ targets: [], aims: [] }),
      evidence: [wanted('Calls'), `${rule('Calls')}.targets[Target0]`],
    },
    'a rule brings events to a bus of that name in its own region': {
      ...failing,
      given: withCalls({ aims: [{ ...target, Arn: busArn.replace('us-east-1', 'eu-west-1') }] }),
      evidence: [wanted('Calls'), `${rule('Calls')}.targets[Target0]`],
    },
    'a rule brings events by a role that the bus denies': {
      ...failing,
      given: withCalls({ aims: [{ ...target, RoleArn: theirs }] }),
      evidence: [wanted('Calls'), `${rule('Calls')}.targets[Target0]`],
    },
    'what a rule can not bring is lost': {
      ...failing,
      given: withCalls({ aims: [{ ...target, DeadLetterConfig: undefined }] }),
      reason: /not as they were deployed/,
      evidence: [`${rule('Calls')}.targets[Target0]`],
    },
    'a rule tells somebody else as well': {
      ...failing,
      given: withCalls({
        aims: [target, { Id: 'theirs', Arn: `arn:aws:sqs:${there}:theirs` }],
      }),
      evidence: [`${rule('Calls')}.targets[theirs]`],
    },
    'a rule listens to less': {
      ...failing,
      given: withCalls({ pattern: JSON.stringify(narrower) }),
      evidence: [wanted('Calls'), `${rule('Calls')}.pattern`],
    },
    'the queue of what is not brought was deleted': {
      ...failing,
      given: { queues: [] },
      evidence: [`queues[${prefix}-Undelivered-1]`],
    },
    'the queue keeps nothing': {
      ...failing,
      given: {
        queues: [{ ...queue, attributes: { ...attributes, MessageRetentionPeriod: '60' } }],
      },
      evidence: [`queues[${prefix}-Undelivered-1].MessageRetentionPeriod`],
    },
    'the stack was updated, and what it says is there: it listens to less': {
      ...failing,
      given: {
        ...withCalls({ pattern: JSON.stringify(narrower) }),
        stack: stackOf({ ...patterns, Calls: narrower }),
      },
      reason: /1 of 2 patterns/,
      evidence: [wanted('Calls')],
    },
    'the stack was updated, and what it says is there: it tells somebody else': {
      ...failing,
      given: {
        stack: stackOf(patterns, [{ ...target, Arn: 'arn:aws:sqs:theirs' }]),
        eventRules: rules.map((one) => ({
          ...one,
          aims: [{ ...target, Arn: 'arn:aws:sqs:theirs' }],
        })),
      },
      reason: /2 of 2 patterns/,
      evidence: [wanted('Calls'), wanted('Events')],
    },
    ...Object.fromEntries(
      [
        { Input: '{"source":"aws.ec2"}' },
        { InputPath: '$.detail' },
        { InputTransformer: { InputTemplate: '{}' } },
      ].map((instead) => {
        const aims = [{ ...target, ...instead }];
        return [
          `the stack was updated, and what it says is there: it brings ${Object.keys(instead)} in place of events`,
          {
            ...failing,
            given: {
              stack: stackOf(patterns, aims),
              eventRules: rules.map((one) => ({ ...one, aims })),
            },
            reason: /2 of 2 patterns/,
            evidence: [wanted('Calls'), wanted('Events')],
          },
        ];
      }),
    ),
    'a newer Plumbline listens to more, since an hour': {
      ...failing,
      given: {
        hub: {
          ...hub,
          changedAt: minutesAgo(60),
          wanted: [
            ...hub.wanted,
            { name: 'Plumbline-EarsMore-1', pattern: '{"source":["aws.s3"]}' },
          ],
        },
      },
      reason: /1 of 3 patterns/,
      evidence: [wanted('More')],
    },
    'a newer Plumbline listens to more, and the ears are about to be deployed': {
      id,
      regions,
      given: {
        hub: {
          ...hub,
          changedAt: minutesAgo(59),
          wanted: [
            ...hub.wanted,
            { name: 'Plumbline-EarsMore-1', pattern: '{"source":["aws.s3"]}' },
          ],
        },
      },
      verdict: 'PASS',
      recheckAt: new Date(now.getTime() + 60_000),
    },
    'an older Plumbline listens to less': {
      id,
      regions,
      given: { hub: { ...hub, wanted: hub.wanted.slice(0, 1) } },
      verdict: 'PASS',
      recheckAt,
    },
    'two rules listen to the same, and one of them is disabled': {
      id,
      regions,
      given: { eventRules: [...rules, { ...calls, name: `${prefix}-Calls-0`, state: 'DISABLED' }] },
      verdict: 'PASS',
      recheckAt,
    },
  },
});
