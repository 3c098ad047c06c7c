import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { allControls } from '../../lib/controls/index.ts';
import { baselineFrom } from '../../lib/infrastructure/baseline-file.ts';
import { patternsOf } from '../../lib/infrastructure/events/patterns.ts';
import {
  listGrants,
  publishGrants,
  readGrants,
} from '../../lib/infrastructure/permissions/permissions.ts';
import { PlumblineStack } from '../../lib/infrastructure/plumbline-stack.ts';
import { stackPropsFor } from '../../lib/infrastructure/stack-props.ts';
import { configTypesOf } from '../../lib/model/resource-type.ts';
import { trustPolicy } from '../../lib/pipeline/heartbeat/heartbeat.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { everything as everyPart } from './baselines.ts';
import { quietApp } from './quiet-app.ts';
import { nagged, synthesised } from './synthesised.ts';
import { allowedTo, pairsOf, resourcesIn, statementsIn, statementsOf } from './template.ts';

const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
const { stack, template, watched } = await synthesised();
const everything = await synthesised('configRules: true\ndashboard: true\n');
const whole = await synthesised(everyPart);
const bucketsOnly = await synthesised('presets: []\ncontrols:\n  S3.8:\n    mode: observe\n');

const table = '<Posture.Arn>';
const logs = (of: string) => [
  `logs:CreateLogStream <${of}Log.Arn>`,
  `logs:PutLogEvents <${of}Log.Arn>`,
];
const taking = (queue: string) =>
  [
    'ChangeMessageVisibility',
    'DeleteMessage',
    'GetQueueAttributes',
    'GetQueueUrl',
    'ReceiveMessage',
  ].map((action) => `sqs:${action} <${queue}Queue.Arn>`);
const evaluating = (all: typeof watched) => [
  ...pairsOf(readGrants(all, place)),
  ...pairsOf(publishGrants(place)),
  ...['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'UpdateItem'].map(
    (action) => `dynamodb:${action} ${table}`,
  ),
  'sns:Publish <AlarmsTopic>',
  'sqs:SendMessage <ChangesQueue.Arn>',
  'sqs:SendMessage <PagesQueue.Arn>',
];

describe('roles', () => {
  it('of evaluate are what reading, keeping and publishing take', () => {
    expect(allowedTo(template, 'EvaluateRole')).toEqual(
      [
        ...evaluating(watched),
        ...logs('Evaluate'),
        ...taking('Changes'),
        ...taking('Sweeps'),
      ].sort(),
    );
  });

  it('of sweep are what listing takes, and sending dead letters again', () => {
    expect(allowedTo(template, 'SweepRole')).toEqual(
      [
        ...pairsOf(listGrants(watched, place)),
        ...['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
          (action) => `dynamodb:${action} ${table}`,
        ),
        `dynamodb:Query ${table}/index/due`,
        ...['Changes', 'Sweeps', 'Pages'].flatMap((queue) => [
          `sqs:SendMessage <${queue}Queue.Arn>`,
          `sqs:ReceiveMessage <${queue}DeadLetters.Arn>`,
          `sqs:DeleteMessage <${queue}DeadLetters.Arn>`,
        ]),
        ...logs('Sweep'),
        ...taking('Pages'),
      ].sort(),
    );
  });

  /** The items that a role may touch, where not all. */
  const itemsOf = (role: string) =>
    statementsOf(template, role).flatMap(
      ({ condition }) => condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'] ?? [],
    );

  it('of sweep touch what says of regions and of all when they were swept, and how many there are', () => {
    expect(itemsOf('SweepRole')).toEqual(['sweep', 'population', 'regions']);
  });

  it('of the heartbeat are its two writes and its own rows', () => {
    expect(allowedTo(template, 'HeartbeatRole')).toEqual(
      [
        `dynamodb:GetItem ${table}`,
        `dynamodb:PutItem ${table}`,
        'iam:UpdateAssumeRolePolicy <HeartbeatPowerless.Arn>',
        's3:PutBucketPublicAccessBlock <HeartbeatBucket.Arn>',
        ...logs('Heartbeat'),
      ].sort(),
    );
    expect(itemsOf('HeartbeatRole')).toEqual([
      'heartbeat',
      expect.stringMatching(/^123456789012#us-east-1#AWS::S3::Bucket#<HeartbeatBucket\w+>$/),
      expect.stringMatching(/^123456789012#us-east-1#AWS::IAM::Role#<HeartbeatPowerless\w+>$/),
      'heartbeat',
    ]);
  });

  it('of the Config rule add the answer alone', () => {
    expect(allowedTo(everything.template, 'ConfigRulesConfigRuleRole')).toEqual(
      [
        ...evaluating(everything.watched),
        'config:PutEvaluations *',
        ...logs('ConfigRulesConfigRule'),
      ].sort(),
    );
  });

  it('shrink with the baseline', () => {
    expect(allowedTo(bucketsOnly.template, 'EvaluateRole')).toEqual(
      [
        ...evaluating([]),
        's3:GetBucketPublicAccessBlock arn:aws:s3:::*',
        's3:GetBucketTagging arn:aws:s3:::*',
        's3:ListAllMyBuckets *',
        ...logs('Evaluate'),
        ...taking('Changes'),
        ...taking('Sweeps'),
      ].sort(),
    );
  });

  it('allow no action by a wildcard, and name no managed policy themselves', () => {
    for (const type of [
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Policy',
      'AWS::SQS::QueuePolicy',
      'AWS::SNS::TopicPolicy',
    ]) {
      const allowed = resourcesIn(everything.template, type)
        .flatMap(statementsIn)
        .filter(({ effect }) => effect === 'Allow');
      expect(allowed.length).toBeGreaterThan(0);
      for (const { actions } of allowed) expect(actions.join()).not.toContain('*');
    }
    for (const { properties } of resourcesIn(everything.template, 'AWS::IAM::Role')) {
      expect(properties.ManagedPolicyArns).toBeUndefined();
    }
  });
});

describe('queues', () => {
  const queues = resourcesIn(template, 'AWS::SQS::Queue');
  const sources = queues.filter(({ id }) => !/DeadLetters|Undelivered/.test(id));

  it('that functions read wait six timeouts, try ten times, and then give up to a queue', () => {
    expect(sources.map(({ id }) => id.replace(/Queue.*/, '')).sort()).toEqual([
      'Changes',
      'Pages',
      'Sweeps',
    ]);
    for (const { properties } of sources) {
      expect(properties).toMatchObject({
        VisibilityTimeout: 180,
        RedrivePolicy: {
          maxReceiveCount: 10,
          deadLetterTargetArn: expect.stringMatching(/DeadLetters/),
        },
      });
    }
  });

  it('are encrypted by SQS and reached over TLS; dead letters stay for 14 days', () => {
    const policies = resourcesIn(template, 'AWS::SQS::QueuePolicy');
    for (const { id, properties } of queues) {
      expect(properties.SqsManagedSseEnabled).toBe(true);
      expect(properties.KmsMasterKeyId).toBeUndefined();
      if (!sources.some((source) => source.id === id)) {
        expect(properties.MessageRetentionPeriod).toBe(1_209_600);
      }
      const refusals = policies
        .filter((policy) => policy.properties.Queues.includes(`<${id}>`))
        .flatMap(statementsIn)
        .filter(({ effect }) => effect === 'Deny');
      const overTls = {
        actions: ['sqs:*'],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      };
      expect(refusals).toEqual(expect.arrayContaining([expect.objectContaining(overTls)]));
    }
  });

  it('admit nobody but the rules of this stack that send or give up to them, by one statement', () => {
    const rules = resourcesIn(template, 'AWS::Events::Rule');
    const policies = resourcesIn(template, 'AWS::SQS::QueuePolicy');
    const sendersTo = (arn: string) =>
      rules
        .filter(({ properties }) =>
          properties.Targets.some(
            (target: { Arn: string; DeadLetterConfig: { Arn: string } }) =>
              target.Arn === arn || target.DeadLetterConfig.Arn === arn,
          ),
        )
        .map(({ id }) => `<${id}.Arn>`);
    const admitting = policies.flatMap(({ properties, ...policy }) => {
      const allowed = statementsIn({ ...policy, properties }).filter(
        ({ effect }) => effect === 'Allow',
      );
      const arn = properties.Queues[0].replace('>', '.Arn>');
      const senders = sendersTo(arn);
      expect(allowed).toEqual(
        senders.length === 0
          ? []
          : [
              {
                effect: 'Allow',
                actions: ['sqs:SendMessage'],
                resources: [arn],
                principal: { Service: 'events.amazonaws.com' },
                condition: {
                  ArnEquals: { 'aws:SourceArn': senders },
                  StringEquals: { 'aws:SourceAccount': '123456789012' },
                },
              },
            ],
      );
      return allowed;
    });
    expect(admitting).toHaveLength(4);
    expect(JSON.stringify(admitting)).not.toContain('*');
  });
});

describe('rules', () => {
  const rules = resourcesIn(template, 'AWS::Events::Rule');

  it('have the patterns that the catalogue gives, and bring what they admit to Changes', () => {
    const onEvents = rules.filter(({ properties }) => properties.EventPattern);
    expect(onEvents.map(({ properties }) => properties.EventPattern)).toEqual(
      patternsOf(watched).map(({ pattern }) => pattern),
    );
    for (const { properties } of onEvents) {
      expect(properties.Targets).toMatchObject([{ Arn: expect.stringMatching(/^<ChangesQueue/) }]);
    }
  });

  it('all have a queue for what could not be delivered', () => {
    for (const { properties } of rules) {
      for (const { DeadLetterConfig } of properties.Targets) {
        expect(DeadLetterConfig.Arn).toMatch(/Undelivered|DeadLetters/);
      }
    }
  });

  it('begin a sweep of what is due and a heartbeat each quarter of an hour', () => {
    const scheduled = rules.filter(({ properties }) => properties.ScheduleExpression);
    expect(
      scheduled.map(({ properties }) => [
        properties.ScheduleExpression,
        properties.Targets[0].Arn.replace(/[0-9A-F]{8}/, ''),
        properties.Targets[0].Input,
      ]),
    ).toEqual([
      ['rate(15 minutes)', '<PagesQueue.Arn>', '{"version":1,"sweep":"due"}'],
      ['rate(15 minutes)', '<HeartbeatFunction.Arn>', undefined],
    ]);
  });
});

describe('functions', () => {
  const functions = resourcesIn(everything.template, 'AWS::Lambda::Function');

  it('run on nodejs24.x and arm64, for 30 seconds at most, with nothing reserved', () => {
    expect(functions).toHaveLength(4);
    for (const { properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: 30,
        MemorySize: 512,
      });
      expect(properties.ReservedConcurrentExecutions).toBeUndefined();
      expect(properties.KmsKeyArn).toBeUndefined();
    }
  });

  it('may be invoked in long chains where they send messages to themselves, and nowhere else', () => {
    const loops = resourcesIn(whole.template, 'AWS::Lambda::Function').map(({ properties }) => [
      properties.Handler.replace('.handler', ''),
      properties.RecursiveLoop,
    ]);
    expect(Object.fromEntries(loops)).toEqual({
      evaluate: 'Allow',
      sweep: 'Allow',
      remediate: 'Allow',
      'audit-hosts': 'Allow',
      'host-results': 'Allow',
      heartbeat: 'Terminate',
      history: 'Terminate',
      report: 'Terminate',
      'config-rule': 'Terminate',
    });
  });

  it('keep their logs for a month', () => {
    const groups = resourcesIn(everything.template, 'AWS::Logs::LogGroup');
    expect(groups.map(({ properties }) => properties.RetentionInDays)).toEqual([30, 30, 30, 30]);
    for (const { properties } of functions) {
      expect(properties.LoggingConfig.LogGroup).toMatch(/Log[0-9A-F]{8}>$/);
    }
  });

  it('read queues in batches of ten, sweeps with less at once than changes', () => {
    const sources = resourcesIn(template, 'AWS::Lambda::EventSourceMapping').map(
      ({ properties }) => properties,
    );
    expect(
      sources.map(({ EventSourceArn, ScalingConfig }) => [
        EventSourceArn.replace(/Queue.*/, ''),
        ScalingConfig.MaximumConcurrency,
      ]),
    ).toEqual([
      ['<Changes', 5],
      ['<Sweeps', 2],
      ['<Pages', 2],
    ]);
    for (const source of sources) {
      expect(source).toMatchObject({
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(source.MaximumBatchingWindowInSeconds).toBeUndefined();
    }
  });

  it('know the table and the queues by name', () => {
    for (const { id, properties } of functions) {
      const names = Object.keys(properties.Environment.Variables).sort();
      const inbox = ['INBOX_HELD_SECONDS', 'INBOX_SENDERS', 'INBOX_URLS'];
      expect(names).toEqual(
        id.startsWith('Heartbeat')
          ? ['HEARTBEAT_KEYS', 'POSTURE_TABLE']
          : [
              'CHANGES_QUEUE_URL',
              ...(id.startsWith('Sweep') ? ['DEAD_LETTERS'] : []),
              ...(id.startsWith('ConfigRules') ? [] : inbox),
              ...(id.startsWith('Sweep') ? [] : ['NOTICES_TOPIC_ARN', 'OWN_BUCKETS']),
              'PAGES_QUEUE_URL',
              'POSTURE_TABLE',
              'SWEEPS_QUEUE_URL',
            ],
      );
    }
  });
});

it('tells all who write rows that they are to be compressed, once it is asked for', async () => {
  const app = quietApp();
  const catalogue = { types: resourceTypes, controls: await allControls() };
  const baseline = baselineFrom(everyPart, 'plumbline.yaml', catalogue.controls);
  const code = Code.fromInline('exports.handler = () => {}');
  const stack = new PlumblineStack(app, 'Plumbline', {
    ...stackPropsFor({ baseline, catalogue, code }),
    rowForm: 'deflated',
  });
  const all = resourcesIn(Template.fromStack(stack), 'AWS::Lambda::Function');
  const told = all.map(({ id, properties }) => [
    id.replace(/Function.*/, ''),
    properties.Environment?.Variables.ROW_FORM,
  ]);
  expect(Object.fromEntries(told)).toMatchObject({ Evaluate: 'deflated' });
  expect(told.filter(([, form]) => form === undefined).map(([id]) => id)).toEqual([
    'Heartbeat',
    'History',
    'Reports',
  ]);
});

const writes = /^dynamodb:(BatchWriteItem|DeleteItem|PutItem|UpdateItem)$/;

describe('the posture table', () => {
  it('is written by the roles that are granted that, and denied to everybody else', () => {
    const [table] = resourcesIn(template, 'AWS::DynamoDB::Table');
    const [rows, age] = table?.properties.ResourcePolicy.PolicyDocument.Statement ?? [];
    expect(table?.properties.DeletionProtectionEnabled).toBe(true);
    expect(rows).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: expect.arrayContaining([
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:PartiQLDelete',
        'dynamodb:PartiQLInsert',
        'dynamodb:PartiQLUpdate',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ]),
      Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    });
    expect(age).toMatchObject({ Effect: 'Deny', Action: 'dynamodb:UpdateTimeToLive' });
    const granted = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
      .flatMap((type) => resourcesIn(template, type))
      .filter((policy) =>
        statementsIn(policy).some(({ actions }) => actions.some((one) => writes.test(one))),
      )
      .flatMap(({ properties }) => (properties.Roles ?? []) as string[])
      .map((role) => role.replace(/>$/, '.Arn>'));
    const admitted = [rows.Condition.ArnNotEquals['aws:PrincipalArn']].flat();
    expect([...new Set(admitted)].sort()).toEqual([...new Set(granted)].sort());
  });

  it('is on demand, recoverable, kept, and indexed by what is due, by actions, by findings and by what may not be read', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'dueShard', KeyType: 'HASH' },
              { AttributeName: 'dueAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
          {
            IndexName: 'actions',
            KeySchema: [
              { AttributeName: 'month', KeyType: 'HASH' },
              { AttributeName: 'startedAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
          {
            IndexName: 'subjects',
            KeySchema: [
              { AttributeName: 'subject', KeyType: 'HASH' },
              { AttributeName: 'pk', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
          {
            IndexName: 'denied',
            KeySchema: [
              { AttributeName: 'deniedShard', KeyType: 'HASH' },
              { AttributeName: 'denied', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    });
  });
});

describe('alarms', () => {
  const alarms = resourcesIn(whole.template, 'AWS::CloudWatch::Alarm');

  it('are eight, one a question, and told to the topic', () => {
    expect(alarms).toHaveLength(8);
    for (const { properties } of alarms) {
      const metrics = properties.Metrics ?? [{ MetricStat: { Metric: properties } }];
      for (const { MetricStat } of metrics) {
        if (MetricStat) expect(MetricStat.Metric.Namespace).toMatch(/^(AWS\/|Plumbline$)/);
      }
      expect(properties.AlarmActions).toEqual([expect.stringMatching(/^<AlarmsTopic/)]);
    }
  });

  it('watch every queue of what was given up', () => {
    const [dead] = alarms.filter(({ id }) => id.startsWith('AlarmsDeadLetters'));
    const watchedQueues = dead?.properties.Metrics.flatMap(
      (one: { MetricStat?: { Metric: { Dimensions: { Value: string }[] } } }) =>
        one.MetricStat?.Metric.Dimensions.map(({ Value }) => Value) ?? [],
    );
    const given = resourcesIn(whole.template, 'AWS::SQS::Queue').filter(({ id }) =>
      /DeadLetters|Undelivered/.test(id),
    );
    expect(watchedQueues.sort()).toEqual(given.map(({ id }) => `<${id}.QueueName>`).sort());
  });

  it('watch errors and throttles of every function, that of the Config rules too', () => {
    for (const question of ['Errors', 'Throttles']) {
      const [alarm] = alarms.filter(({ id }) => id.startsWith(`Alarms${question}`));
      const told = JSON.stringify(alarm);
      for (const name of ['Evaluate', 'Sweep', 'Remediate', 'ConfigRulesConfigRule', 'AuditHosts'])
        expect(told).toContain(`<${name}Function`);
    }
  });

  it('go off on messages that fail for a quarter of an hour, not on one that comes again', () => {
    const [failed] = alarms.filter(({ id }) => id.startsWith('AlarmsFailedRecords'));
    expect(failed?.properties).toMatchObject({
      Namespace: 'Plumbline',
      MetricName: 'FailedRecords',
      Dimensions: [{ Name: 'outcome', Value: 'failed' }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
    });
  });

  it('go off where nothing was done about a failure, only where anything is put right', () => {
    const [silent] = alarms.filter(({ id }) => id.startsWith('AlarmsUnremediated'));
    expect(silent?.properties).toMatchObject({
      MetricName: 'Unremediated',
      Dimensions: [{ Name: 'mode', Value: 'remediate' }],
      Period: 3600,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 1,
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('Unremediated');
  });

  it('cost what the guide says', () => {
    const costs = readFileSync(new URL('../../docs/guide/costs.md', import.meta.url), 'utf8');
    const own = resourcesIn(template, 'AWS::CloudWatch::Alarm');
    const metrics = own.flatMap(({ properties }) =>
      (properties.Metrics ?? [{ MetricStat: {} }]).filter(
        (one: { MetricStat?: object }) => one.MetricStat,
      ),
    );
    expect(costs).toContain(
      `| ${metrics.length} metrics in ${own.length} alarms | $0.10 a metric | $${(metrics.length / 10).toFixed(2)} |`,
    );
  });

  it('go off when the heartbeat does not beat at all', () => {
    const [heartbeat] = alarms.filter(({ id }) => id.startsWith('AlarmsHeartbeat'));
    expect(heartbeat?.properties).toMatchObject({ TreatMissingData: 'breaching', Period: 1800 });
  });

  it('may publish to a topic that is reached over TLS', () => {
    const statements = resourcesIn(template, 'AWS::SNS::TopicPolicy').flatMap(statementsIn);
    expect(statements).toMatchObject([
      { effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        effect: 'Allow',
        principal: { Service: 'cloudwatch.amazonaws.com' },
        actions: ['sns:Publish'],
        condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:*' },
        },
      },
    ]);
  });
});

describe('what the baseline asks for', () => {
  it('is no Config rule and no dashboard by default', () => {
    template.resourceCountIs('AWS::Config::ConfigRule', 0);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  it('is one Config rule for each type that is evaluated and recorded', () => {
    const rules = resourcesIn(everything.template, 'AWS::Config::ConfigRule');
    expect(
      rules.flatMap(({ properties }) => properties.Scope.ComplianceResourceTypes).sort(),
    ).toEqual(
      everything.watched
        .flatMap(({ isEvaluated, type }) => (isEvaluated ? configTypesOf(type) : []))
        .sort(),
    );
    everything.template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    everything.template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'config.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  it('beats on what it listens to alone', async () => {
    bucketsOnly.template.resourceCountIs('AWS::S3::Bucket', 1);
    expect(allowedTo(bucketsOnly.template, 'HeartbeatRole')).not.toContain(
      'iam:UpdateAssumeRolePolicy <HeartbeatPowerless.Arn>',
    );
    const groups = await synthesised('presets: []\ncontrols:\n  EC2.19:\n    mode: observe\n');
    groups.template.resourceCountIs('AWS::S3::Bucket', 0);
    groups.template.resourceCountIs('AWS::CloudWatch::Alarm', 6);
  });
});

describe('the stack', () => {
  it('has the trust policy that the heartbeat puts again', () => {
    const [role] = resourcesIn(template, 'AWS::IAM::Role').filter(({ id }) =>
      id.startsWith('HeartbeatPowerless'),
    );
    expect(role?.properties.AssumeRolePolicyDocument).toEqual(trustPolicy);
    expect(role?.properties.Policies).toBeUndefined();
  });

  it('makes no key', () => {
    everything.template.resourceCountIs('AWS::KMS::Key', 0);
  });

  it('meets the AWS Solutions rules of cdk-nag', () => {
    expect(nagged(stack)).toEqual([]);
    expect(nagged(everything.stack)).toEqual([]);
  });
});
