import { deploymentIsAsDeployed } from '../../../lib/controls/plumbline/deployment-is-as-deployed.ts';
import { testControl } from '../harness.ts';
import {
  admit,
  admitting,
  bus,
  changes,
  close,
  closed,
  deployed,
  evaluate,
  policy,
  queue,
  rule,
  rules,
  table,
  tls,
} from './stack.ts';

const at = {
  bus: `buses[${bus}]`,
  function: `functions[${evaluate}]`,
  queue: 'queues[Plumbline-ChangesQueue-1]',
  rule: 'eventRules[Plumbline-EventsS3Calls-1]',
  role: 'roles[Plumbline-EvaluateRole-1]',
  table: `tables[${table}]`,
};
const [ours] = deployed.functions;
const [live] = deployed.queues;
const [posture] = deployed.tables;
const [key] = deployed.keys;
if (!(ours && live && posture && key)) throw new Error('the stack of these tests lacks a part');

const [readingRole] = deployed.roles;
const [inline] = readingRole?.inline ?? [];
if (!(readingRole?.admission && inline)) throw new Error('the role of these tests is there');
const deny = encodeURIComponent(
  JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 's3:Get*', Resource: '*' }] }),
);

const { configuration } = ours;
if (!configuration) throw new Error('the function of these tests is there');
const withConfiguration = (change: Partial<typeof configuration>) => ({
  functions: [{ ...ours, configuration: { ...configuration, ...change } }],
});
const withMappings = (...mappings: typeof ours.mappings) => ({
  functions: [{ ...ours, mappings }],
});
const [mapping] = ours.mappings;
if (!mapping) throw new Error('the function of these tests has no mapping');
const withStatement = (statement: object) => ({
  queues: [queue(tls, close, admit(rules), statement)],
});
const withAttributes = (attributes: object) => ({
  queues: [{ ...live, attributes: { ...live.attributes, ...attributes } }],
});
const [first, second] = deployed.eventRules;
if (!(first && second)) throw new Error('the stack of these tests has two rules');
const withRule = (change: Partial<typeof first>) => ({
  eventRules: [{ ...first, ...change }, second],
});
const outsider = { Id: 'theirs', Arn: 'arn:aws:sqs:us-east-1:123456789012:theirs' };
const allow = (Action: string) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: '210987654321' }, Action, Resource: '*' }],
  });

testControl(deploymentIsAsDeployed, {
  base: deployed,
  rows: {
    'as deployed': { given: {}, verdict: 'PASS' },
    'nothing is deployed': {
      given: { stack: undefined, eventRules: [], queues: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /not deployed/,
    },
    'the stack was deleted, and queues stay': {
      given: { stack: undefined },
      verdict: 'FAIL',
      evidence: ['stack'],
    },
    'the stack is being updated': {
      given: {
        ...withConfiguration({ timeoutSeconds: 31 }),
        stack: { ...deployed.stack, status: 'UPDATE_IN_PROGRESS' },
      },
      verdict: 'UNKNOWN',
      reason: /being deployed/,
    },
    'an update was rolled back': {
      given: { stack: { ...deployed.stack, status: 'UPDATE_ROLLBACK_COMPLETE' } },
      verdict: 'PASS',
    },

    'other code': {
      given: withConfiguration({ codeSha256: 'theirs' }),
      verdict: 'FAIL',
      reason: /functions\[Plumbline-EvaluateFunction-1\]/,
      evidence: [`${at.function}.codeSha256`],
    },
    'a template that does not say what the code is': {
      given: {
        stack: {
          ...deployed.stack,
          resources: deployed.stack.resources.map(({ codeSha256: _, ...one }) => one),
        },
      },
      verdict: 'PASS',
    },
    'an environment variable more': {
      given: withConfiguration({
        environment: { ...configuration.environment, NODE_OPTIONS: '--require /tmp/theirs' },
      }),
      verdict: 'FAIL',
      evidence: [`${at.function}.environment.NODE_OPTIONS`],
    },
    'another table': {
      given: withConfiguration({ environment: { POSTURE_TABLE: 'theirs' } }),
      verdict: 'FAIL',
      evidence: [`${at.function}.environment.POSTURE_TABLE`],
    },
    'a layer': {
      given: withConfiguration({ layers: ['arn:aws:lambda:us-east-1:210987654321:layer:x:1'] }),
      verdict: 'FAIL',
      evidence: [`${at.function}.layers`],
    },
    'another role': {
      given: withConfiguration({ role: 'arn:aws:iam::123456789012:role/theirs' }),
      verdict: 'FAIL',
      evidence: [`${at.function}.role`],
    },
    'never invoked, since nothing is reserved': {
      given: withConfiguration({ concurrency: 0 }),
      verdict: 'FAIL',
      evidence: [`${at.function}.concurrency`],
    },
    'the function was deleted': {
      given: {
        functions: [{ ...ours, configuration: undefined, policy: undefined, mappings: [] }],
      },
      verdict: 'FAIL',
      evidence: [at.function],
    },
    'a mapping is disabled': {
      given: withMappings({ ...mapping, state: 'Disabled' }),
      verdict: 'FAIL',
      evidence: [`${at.function}.mappings[uuid-1].state`],
    },
    'a mapping is being updated': {
      given: withMappings({ ...mapping, state: 'Updating' }),
      verdict: 'PASS',
    },
    'a mapping lets some messages through only': {
      given: withMappings({ ...mapping, filters: ['{"body":{"source":["none"]}}'] }),
      verdict: 'FAIL',
      evidence: [`${at.function}.mappings[uuid-1].filters`],
    },
    'a mapping was deleted': {
      given: withMappings(),
      verdict: 'FAIL',
      evidence: [`${at.function}.mappings[uuid-1]`],
    },
    'a queue of somebody else feeds it as well': {
      given: withMappings(mapping, { ...mapping, id: 'uuid-2', source: outsider.Arn }),
      verdict: 'FAIL',
      evidence: [`${at.function}.mappings[uuid-2]`],
    },
    'anybody may invoke it': {
      given: {
        functions: [{ ...ours, policy: allow('lambda:InvokeFunction') }],
      },
      verdict: 'FAIL',
      evidence: [`${at.function}.policy`, `${at.function}.policy`],
    },
    'a policy of a function that cannot be made out': {
      given: { functions: [{ ...ours, policy: '{' }] },
      verdict: 'FAIL',
      evidence: [`${at.function}.policy`, `${at.function}.policy`],
    },

    'a rule lets less through': {
      given: withRule({ pattern: '{"source":["none"]}' }),
      verdict: 'FAIL',
      evidence: [`${at.rule}.pattern`],
    },
    'a rule that is written in another order': {
      given: withRule({ pattern: '{ "source": ["aws.s3"] }' }),
      verdict: 'PASS',
    },
    'a rule is disabled': {
      given: withRule({ state: 'DISABLED' }),
      verdict: 'FAIL',
      evidence: [`${at.rule}.state`],
    },
    'a rule of the bus was deleted, and the default bus has one of its name': {
      given: {
        eventRules: [
          ...deployed.eventRules,
          rule('arn:aws:events:us-east-1:123456789012:rule/Plumbline-EarsCalls-1'),
        ],
        stack: {
          ...deployed.stack,
          resources: [
            ...deployed.stack.resources,
            {
              id: 'EarsCalls',
              type: 'AWS::Events::Rule',
              physicalId: `${bus}|Plumbline-EarsCalls-1`,
              properties: {
                State: 'ENABLED',
                EventPattern: { source: ['aws.s3'] },
                Targets: [{ Id: 'Target0', Arn: changes }],
              },
            },
          ],
        },
      },
      verdict: 'FAIL',
      evidence: ['eventRules[Plumbline-EarsCalls-1]'],
    },
    'a rule was deleted': { given: { eventRules: [second] }, verdict: 'FAIL', evidence: [at.rule] },
    'a rule sends elsewhere as well': {
      given: withRule({ aims: [...first.aims, outsider] }),
      verdict: 'FAIL',
      evidence: [`${at.rule}.targets[theirs]`],
    },
    'a rule says something else': {
      given: withRule({ aims: [{ ...first.aims[0], Id: 'Target0', Arn: changes, Input: '{}' }] }),
      verdict: 'FAIL',
      evidence: [`${at.rule}.targets[Target0]`],
    },
    'a rule of somebody else with our prefix': {
      given: {
        eventRules: [
          ...deployed.eventRules,
          rule('arn:aws:events:us-east-1:123456789012:rule/Plumbline-x'),
        ],
      },
      verdict: 'PASS',
    },

    'anybody may send': {
      given: withStatement({
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: changes,
      }),
      verdict: 'FAIL',
      evidence: [`${at.queue}.policy.Statement[3]`],
    },
    'one rule more may send': {
      given: {
        queues: [
          queue(tls, close, admit([...rules, 'arn:aws:events:us-east-1:123456789012:rule/theirs'])),
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.queue}.policy`, `${at.queue}.policy.Statement[2]`],
    },
    'who may send is not closed any more': {
      given: { queues: [queue(tls, admit(rules))] },
      verdict: 'FAIL',
      evidence: [`${at.queue}.policy`],
    },
    'the policy in another order': {
      given: { queues: [queue(admit(rules.toReversed()), close, tls)] },
      verdict: 'PASS',
    },
    'the policy was removed': {
      given: { queues: [{ ...live, policy: undefined }] },
      verdict: 'FAIL',
      evidence: [`${at.queue}.policy`, `${at.queue}.policy`, `${at.queue}.policy`],
    },
    'a policy that cannot be made out': {
      given: { queues: [{ ...live, policy: '{' }] },
      verdict: 'FAIL',
      evidence: [`${at.queue}.policy`],
    },
    'the queue was deleted': { given: { queues: [] }, verdict: 'FAIL', evidence: [at.queue] },
    'messages are gone after a minute': {
      given: withAttributes({ MessageRetentionPeriod: '60' }),
      verdict: 'FAIL',
      evidence: [`${at.queue}.MessageRetentionPeriod`],
    },
    'only small messages': {
      given: withAttributes({ MaximumMessageSize: '1024' }),
      verdict: 'FAIL',
      evidence: [`${at.queue}.MaximumMessageSize`],
    },
    'other queues may give up to it': {
      given: withAttributes({ RedriveAllowPolicy: '{"redrivePermission":"allowAll"}' }),
      verdict: 'FAIL',
      evidence: [`${at.queue}.RedriveAllowPolicy`],
    },
    'a key that we may not use': {
      given: withAttributes({ KmsMasterKeyId: 'alias/theirs' }),
      verdict: 'FAIL',
      evidence: [`${at.queue}.KmsMasterKeyId`],
    },

    'the table may be deleted': {
      given: { tables: [{ ...posture, isProtected: false }] },
      verdict: 'FAIL',
      evidence: [`${at.table}.isProtected`],
    },
    'the table was deleted': {
      given: {
        tables: [{ name: table, isProtected: undefined, policy: undefined, timeToLive: undefined }],
      },
      verdict: 'FAIL',
      evidence: [at.table],
    },
    'anybody may write rows': {
      given: { tables: [{ ...posture, policy: undefined }] },
      verdict: 'FAIL',
      evidence: [`${at.table}.policy`],
    },
    'rows expire by another attribute': {
      given: { tables: [{ ...posture, timeToLive: 'month' }] },
      verdict: 'FAIL',
      evidence: [`${at.table}.timeToLive`],
    },
    'the key is disabled': {
      given: { keys: [{ ...key, state: 'Disabled' }] },
      verdict: 'FAIL',
      evidence: ['keys[key-1]'],
    },
    'the key will be deleted': {
      given: { keys: [{ ...key, state: 'PendingDeletion' }] },
      verdict: 'FAIL',
      evidence: ['keys[key-1]'],
    },
    'anybody may seal': {
      given: { keys: [{ ...key, policy: undefined }] },
      verdict: 'FAIL',
      evidence: ['keys[key-1].policy'],
    },
    'a Deny in a policy of a role': {
      given: { roles: [{ ...readingRole, inline: [{ ...inline, document: deny }] }] },
      verdict: 'FAIL',
      evidence: [
        `${at.role}.inline[EvaluatePolicy]`,
        `${at.role}.inline[EvaluatePolicy].Statement[0]`,
      ],
    },
    'a policy more of a role': {
      given: { roles: [{ ...readingRole, inline: [inline, { name: 'theirs', document: deny }] }] },
      verdict: 'FAIL',
      evidence: [`${at.role}.inline[theirs]`],
    },
    'a policy less of a role': {
      given: { roles: [{ ...readingRole, inline: [] }] },
      verdict: 'FAIL',
      evidence: [`${at.role}.inline[EvaluatePolicy]`],
    },
    'a managed policy more of a role': {
      given: {
        roles: [
          {
            ...readingRole,
            attached: [
              ...readingRole.attached,
              { arn: 'arn:aws:iam::aws:policy/AdministratorAccess', document: undefined },
            ],
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.role}.attached[arn:aws:iam::aws:policy/AdministratorAccess]`],
    },
    'another version of our managed policy': {
      given: {
        roles: [
          {
            ...readingRole,
            attached: readingRole.attached.map(({ arn, document }) => ({
              arn,
              document: document === undefined ? document : deny,
            })),
          },
        ],
      },
      verdict: 'FAIL',
      reason: /roles\[Plumbline-EvaluateRole-1\]/,
    },
    'a managed policy was taken off a role': {
      given: { roles: [{ ...readingRole, attached: readingRole.attached.slice(0, 1) }] },
      verdict: 'FAIL',
      reason: /roles\[Plumbline-EvaluateRole-1\]/,
    },
    'a boundary of a role': {
      given: {
        roles: [
          {
            ...readingRole,
            admission: { ...readingRole.admission, boundary: 'arn:aws:iam::aws:policy/ReadOnly' },
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.role}.boundary`],
    },
    'others may become a role': {
      given: {
        roles: [
          {
            ...readingRole,
            admission: { ...readingRole.admission, trust: allow('sts:AssumeRole') },
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.role}.trust`, `${at.role}.trust.Statement[0]`],
    },
    'a role was deleted': {
      given: { roles: [] },
      verdict: 'FAIL',
      evidence: [at.role],
    },
    'anybody may put events on the bus': {
      given: { buses: [{ name: bus, admission: admitting(undefined) }] },
      verdict: 'FAIL',
      reason: /buses\[Plumbline-Ears\]/,
      evidence: [`${at.bus}.policy`],
    },
    'somebody else may put events on the bus as well': {
      given: {
        buses: [
          {
            name: bus,
            admission: admitting(
              policy(closed, {
                Sid: 'Theirs',
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::210987654321:root' },
                Action: 'events:PutEvents',
                Resource: '*',
              }),
            ),
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.bus}.policy.Statement[1]`],
    },
    'the bus is shut for the ears': {
      given: {
        buses: [
          {
            name: bus,
            admission: admitting(policy({ ...closed, Condition: undefined })),
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.bus}.policy`, `${at.bus}.policy.Statement[0]`],
    },
    'the bus keeps events by a key that somebody may disable, and loses them into a queue': {
      given: {
        buses: [
          {
            name: bus,
            admission: {
              ...admitting(policy(closed)),
              key: 'arn:aws:kms:us-east-1:123456789012:key/theirs',
              deadLetters: 'arn:aws:sqs:us-east-1:123456789012:theirs',
            },
          },
        ],
      },
      verdict: 'FAIL',
      evidence: [`${at.bus}.deadLetters`, `${at.bus}.key`],
    },
    'the bus was deleted': {
      given: { buses: [{ name: bus, admission: undefined }] },
      verdict: 'FAIL',
      evidence: [at.bus],
    },
    'the bus was left out of a stack that governs one region': {
      given: {
        buses: [],
        stack: {
          ...deployed.stack,
          resources: deployed.stack.resources.filter(({ id }) => id !== 'Bus'),
        },
      },
      verdict: 'PASS',
    },
    'another account may exchange what is deployed': {
      given: { assetBuckets: [{ name: 'cdk-x-assets-1', policy: allow('s3:Put*') }] },
      verdict: 'FAIL',
      evidence: ['assetBuckets[cdk-x-assets-1].policy.Statement[0]'],
    },
    'another account may read what is deployed': {
      given: { assetBuckets: [{ name: 'cdk-x-assets-1', policy: allow('s3:GetObject') }] },
      verdict: 'PASS',
    },
  },
});
