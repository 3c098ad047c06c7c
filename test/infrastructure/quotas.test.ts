import { readFileSync } from 'node:fs';
import { quotas } from '../../lib/infrastructure/quotas.ts';
import type { Template } from '../../lib/local/deploy/stack-template.ts';
import { templateCounts, templateFaults } from '../../lib/local/deploy/template-quotas.ts';
import { longTest, sampled } from '../extent.ts';
import { baselines } from './baselines.ts';
import { grownCatalogue } from './grown-catalogue.ts';
import { synthesised } from './synthesised.ts';
import { allowedTo, resourcesIn } from './template.ts';

const stackName = 'Plumbline';
const names = Object.keys(baselines);

describe('the stack', () => {
  it('is tried with plans on hosts and in the cloud', () => {
    expect(names.filter((name) => name.startsWith('hosts, with')).length).toBeGreaterThan(7);
    expect(names.filter((name) => name.startsWith('a plan for')).length).toBeGreaterThan(7);
  });

  it.each(sampled(names, { quick: 16, usual: 8 }))(
    'with %s is no more than AWS takes',
    async (name) => {
      const { file } = await synthesised(baselines[name]);
      const body = readFileSync(file(), 'utf8');
      const bytes = Buffer.byteLength(body);
      expect(templateFaults(JSON.parse(body), { bytes, stackName })).toEqual([]);
    },
  );
});

/**
 * Of the others a further one is made when one is full: patterns, policies. What is left to be counted is how many there are.
 * No service adds to the variables and alarms of functions, nor to the documents for hosts.
 */
const areMany = /: (characters|characters of its pattern|bytes of environment|bytes|metrics)$/;

it('leaves three tenths of each quota, with everything, in all regions, in an organization', async () => {
  const unit = 'ou-ab12-11111111';
  const organization = `organization: { id: o-a1b2c3d4e5, overrides: [{ organizationalUnit: ${unit}, remediate: true }] }\n`;
  const { file } = await synthesised(`${baselines['everything in all regions']}${organization}`);
  const body = readFileSync(file(), 'utf8');
  const counts = templateCounts(JSON.parse(body), { bytes: Buffer.byteLength(body), stackName });
  const counted = counts.filter(([what]) => what.startsWith('the template') || !areMany.test(what));
  for (const what of ['the template: bytes', 'the template: rules', 'managed policies'])
    expect(counted.some(([one]) => one.endsWith(what))).toBe(true);
  expect(counted.filter(([, count, limit]) => count > 0.7 * limit)).toEqual([]);
});

describe('a catalogue of four times as many services', () => {
  longTest('is no more than AWS takes, with hosts and everything', async () => {
    const catalogue = await grownCatalogue(4);
    expect(new Set(catalogue.controls.map(({ id }) => id)).size).toBe(catalogue.controls.length);
    const { file, template } = await synthesised(baselines['everything'], catalogue);
    const body = readFileSync(file(), 'utf8');
    const bytes = Buffer.byteLength(body);
    expect(templateFaults(JSON.parse(body), { bytes, stackName })).toEqual([]);
    // Three tenths are left for what nobody has thought of.
    expect(bytes).toBeLessThan(0.7 * quotas.cloudFormation.templateBytes);
    const managed = resourcesIn(template, 'AWS::IAM::ManagedPolicy');
    const reading = managed.filter(({ id }) => id.startsWith('Reading'));
    expect(reading.length).toBeGreaterThan(3);
    expect(allowedTo(template, 'EvaluateRole')).toContain('s3c:GetBucketPolicy *');
  });
});

const faultsOf = (Resources: Template['Resources'], bytes = 1000) =>
  templateFaults({ Resources }, { bytes, stackName });
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const statement = (index: number) => ({
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: `arn:aws:sqs:us-east-1:123456789012:queue-${index}`,
});
const policy = (Statement: readonly object[]) => ({
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [], PolicyDocument: { Statement } },
  },
});
const roles = (type: string, count: number, length: number) => ({
  Role: { Type: 'AWS::IAM::Role' },
  ...Object.fromEntries(
    times(count, (index) => [
      `Policy${index}`,
      {
        Type: type,
        Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: 'x'.repeat(length) } },
      },
    ]),
  ),
});
const lambda = (variables: number) => ({
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Environment: {
        Variables: Object.fromEntries(
          times(variables, (index) => [`QUEUE_${index}`, { Ref: 'Queue' }]),
        ),
      },
    },
  },
  Queue: { Type: 'AWS::SQS::Queue' },
});
const rule = (Properties: Readonly<Record<string, unknown>>) => ({
  Rule: { Type: 'AWS::Events::Rule', Properties },
});

describe('what AWS does not take', () => {
  it.each([
    [
      '21 statements',
      policy(times(21, statement)),
      "Policy: a queue's policy has 21 statements; SQS takes 20",
    ],
    [
      '51 principals',
      policy([{ ...statement(0), Principal: { AWS: times(51, (index) => `${index}`) } }]),
      "Policy: a queue's policy has 51 principals; SQS takes 50",
    ],
    [
      '11 conditions, in two statements',
      policy(
        [6, 5].map((count) => ({
          ...statement(0),
          Condition: {
            StringEquals: Object.fromEntries(times(count, (index) => [`aws:${index}`, ''])),
          },
        })),
      ),
      "Policy: a queue's policy has 11 conditions; SQS takes 10",
    ],
    [
      '8 actions',
      policy([{ ...statement(0), Action: times(8, (index) => `sqs:${index}`) }]),
      "Policy: a queue's policy has 8 actions in statement 1; SQS takes 7",
    ],
    [
      'more than 8,192 bytes',
      policy([{ ...statement(0), Resource: 'x'.repeat(8100) }]),
      "Policy: a queue's policy has 8222 bytes; SQS takes 8192",
    ],
    [
      'an inline policy that is too long with another',
      roles('AWS::IAM::Policy', 2, 5200),
      'Role: characters of inline policies: 10432; AWS takes 10240',
    ],
    [
      '11 managed policies',
      roles('AWS::IAM::ManagedPolicy', 11, 1),
      'Role: managed policies: 11; AWS takes 10',
    ],
    [
      'a managed policy that is too long',
      roles('AWS::IAM::ManagedPolicy', 1, 6200),
      'Policy0: characters: 6216; AWS takes 6144',
    ],
    [
      'an environment that is too large once queues have URLs',
      lambda(45),
      'Function: bytes of environment: 4131; AWS takes 4096',
    ],
    [
      'a pattern that is too long',
      rule({ EventPattern: { source: ['x'.repeat(2040)] } }),
      'Rule: characters of its pattern: 2055; AWS takes 2048',
    ],
    ['6 targets', rule({ Targets: times(6, () => ({})) }), 'Rule: targets: 6; AWS takes 5'],
    [
      '301 rules',
      Object.fromEntries(times(301, (index) => [`Rule${index}`, { Type: 'AWS::Events::Rule' }])),
      'the template: rules: 301; AWS takes 300',
    ],
    [
      '501 resources',
      Object.fromEntries(times(501, (index) => [`Topic${index}`, { Type: 'AWS::SNS::Topic' }])),
      'the template: resources: 501; AWS takes 500',
    ],
    [
      'an alarm on 11 metrics',
      {
        Alarm: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: { Metrics: times(11, () => ({ MetricStat: {} })) },
        },
      },
      'Alarm: metrics: 11; AWS takes 10',
    ],
    [
      '21 indexes',
      {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { GlobalSecondaryIndexes: times(21, () => ({})) },
        },
      },
      'Table: indexes: 21; AWS takes 20',
    ],
    [
      'a document of more than 64 KB',
      {
        Document: {
          Type: 'AWS::SSM::Document',
          Properties: { Content: { x: 'x'.repeat(65_536) } },
        },
      },
      'Document: bytes: 65544; AWS takes 65536',
    ],
  ])('is said: %s', (_, resources, fault) => {
    expect(faultsOf(resources)).toEqual([fault]);
  });

  it('is said: a mapping of 201 names', () => {
    const Shell = Object.fromEntries(times(201, (index) => [`Part${index}`, { Text: '' }]));
    const faults = templateFaults(
      { Resources: {}, Mappings: { Shell } },
      { bytes: 1000, stackName },
    );
    expect(faults).toEqual(['the template: names of the mapping Shell: 201; AWS takes 200']);
  });

  it('is said: a template of more than 1 MB', () => {
    expect(faultsOf({}, 1_000_001)).toEqual(['the template: bytes: 1000001; AWS takes 1000000']);
  });
});
