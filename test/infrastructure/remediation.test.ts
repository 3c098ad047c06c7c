import { allControls } from '../../lib/controls/index.ts';
import { mostReceives } from '../../lib/engine/remediation/delivery.ts';
import { canBePlanned } from '../../lib/engine/remediation/planning.ts';
import { patternsOf } from '../../lib/infrastructure/events/patterns.ts';
import { readable } from '../../lib/infrastructure/events/watched.ts';
import {
  publishGrants,
  readGrants,
  writeGrants,
} from '../../lib/infrastructure/permissions/permissions.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { nagged, synthesised } from './synthesised.ts';
import {
  allowedTo,
  pairsOf,
  resourcesIn,
  rolePoliciesIn,
  statementsIn,
  statementsOf,
} from './template.ts';

const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
const controls = await allControls();
const observing = await synthesised();
const operator = 'arn:aws:iam::123456789012:role/ops';
const planning = await synthesised(`mode: plan\noperators: [${operator}]\n`);
const choosing = await synthesised(
  'mode: plan\nsecurityHub: { actions: true }\nconfigRules: true\n',
);
const alone = await synthesised('mode: plan\nsecurityHub: true\nhosts: true\n');
const bucketsOnly = await synthesised('presets: []\ncontrols:\n  S3.8:\n    mode: remediate\n');

const prefixed = (service: string, actions: readonly string[], resource: string) =>
  actions.map((action) => `${service}:${action} ${resource}`);
const table = '<Posture.Arn>';
const ledger = '<Ledger.Arn>';
const read = readGrants(
  readable(
    { types: resourceTypes, controls },
    {
      homeRegion: 'us-east-1',
      controls: Object.fromEntries(
        controls
          .filter((one) => !(one.onlyWhereRemediating || one.onlyWithAccounts))
          .map(({ id }) => [id, { mode: 'plan', parameters: {}, backlog: false, risk: 'safe' }]),
      ),
    },
  ),
  place,
);
const acting = [
  'sqs:SendMessage <RemediationsQueue.Arn>',
  's3:GetObject <Images.Arn>/*',
  'sns:Publish <AlarmsTopic>',
];
const logs = (of: string) =>
  prefixed('logs', ['CreateLogStream', 'PutLogEvents'], `<${of}Log.Arn>`);
const taking = (queue: string) =>
  prefixed(
    'sqs',
    [
      'ChangeMessageVisibility',
      'DeleteMessage',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ReceiveMessage',
    ],
    `<${queue}Queue.Arn>`,
  );
const [remediator] = resourcesIn(planning.template, 'AWS::IAM::Role').filter(({ id }) =>
  id.startsWith('Remediator'),
);

describe('a stack in which nothing is planned', () => {
  it('has no remediator, no queue, no switch, no bucket of images, and no custom action', async () => {
    const chosen = await synthesised('securityHub: true\n');
    for (const { template } of [observing, chosen]) {
      const names = Object.keys(template.toJSON()['Resources']);
      expect(names.filter((id) => /Remedia|Switch|Images|Ledger|CustomAction/.test(id))).toEqual(
        [],
      );
      expect(Object.keys(template.findOutputs('*'))).toEqual([
        'AlarmTopic',
        'PostureTable',
        'HeartbeatBucket',
      ]);
    }
    expect(allowedTo(observing.template, 'EvaluateRole')).not.toContainEqual(
      expect.stringMatching(/^(s3:PutObject|sts:)/),
    );
  });

  it('is also one whose planned controls are a person’s work', async () => {
    const { id } = controls.find((control) => !canBePlanned(control)) ?? {};
    if (id === undefined) return;
    const { template } = await synthesised(`presets: []\ncontrols:\n  ${id}:\n    mode: plan\n`);
    expect(resourcesIn(template, 'AWS::SSM::Parameter')).toEqual([]);
  });
});

describe('the remediator', () => {
  it('trusts the role of the function alone, and no session without a source identity', () => {
    const trusted = {
      Effect: 'Allow',
      Principal: { AWS: expect.stringMatching(/^<RemediateRole[0-9A-F]{8}\.Arn>$/) },
      Condition: { StringLike: { 'sts:SourceIdentity': '*' } },
    };
    expect(remediator?.properties.AssumeRolePolicyDocument.Statement).toEqual([
      { ...trusted, Action: 'sts:AssumeRole' },
      { ...trusted, Action: 'sts:SetSourceIdentity' },
    ]);
    expect(remediator?.properties.MaxSessionDuration).toBe(3600);
    expect(remediator?.properties.ManagedPolicyArns).toBeUndefined();
  });

  it('may do what the plans of planned controls take, and nothing else', () => {
    expect(allowedTo(planning.template, 'Remediator')).toEqual(
      pairsOf(writeGrants(controls.filter(canBePlanned), place)).toSorted(),
    );
    expect(allowedTo(bucketsOnly.template, 'Remediator')).toEqual([
      's3:PutBucketPublicAccessBlock arn:aws:s3:::*',
    ]);
  });

  it('may change nothing where no control is remediated and nobody may ask', () => {
    expect(allowedTo(alone.template, 'Remediator')).toEqual([]);
    expect(allowedTo(choosing.template, 'Remediator')).toEqual(
      allowedTo(planning.template, 'Remediator'),
    );
  });

  it('may do for hosts what is remediated, and what is planned where somebody may ask', async () => {
    const sent = async (more: string) => {
      const { template } = await synthesised(
        `hosts: true\ncontrols: { PL.SSH.4: { mode: plan }, PL.NET.1: { mode: remediate } }\n${more}`,
      );
      return allowedTo(template, 'Remediator').flatMap(
        (grant) => grant.match(/document\/(.*)/)?.slice(1) ?? [],
      );
    };
    const always = ['Plumbline-ConfirmHost', 'Plumbline-RollbackHost'];
    expect(await sent('')).toEqual(expect.arrayContaining(always));
    const own = (await sent('')).filter((name) => !always.includes(name));
    const all = (await sent(`operators: [${operator}]\n`)).filter((name) => !always.includes(name));
    expect(own).not.toContain('Plumbline-HardenHost-ssh');
    expect(all).toEqual(expect.arrayContaining([...own, 'Plumbline-HardenHost-ssh']));
    expect(own).toHaveLength(1);
  });

  it('changes nothing of Plumbline, and no role that the baseline protects, whatever plans are granted', async () => {
    const role = 'arn:aws:iam::123456789012:role/break-glass-*';
    const { template } = await synthesised(
      `mode: plan\noperators: [${operator}]\nremediation: { protectedRoles: ['${role}'] }\n`,
    );
    const denied = (of: typeof template) =>
      ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
        .flatMap((type) => resourcesIn(of, type))
        .filter(({ id }) => id.startsWith('Remediator'))
        .flatMap(statementsIn)
        .filter(({ effect }) => effect === 'Deny');
    for (const { actions } of denied(template)) expect(actions).toEqual(['*']);
    const resources = denied(template).flatMap((one) => one.resources);
    const here = 'us-east-1:123456789012';
    expect(resources).toEqual(
      expect.arrayContaining([
        'arn:aws:iam::123456789012:role/Plumbline-*',
        'arn:aws:iam::123456789012:policy/Plumbline-*',
        `arn:aws:dynamodb:${here}:table/Plumbline-*`,
        `arn:aws:lambda:${here}:function:Plumbline-*`,
        `arn:aws:sqs:${here}:Plumbline-*`,
        `arn:aws:sns:${here}:Plumbline-*`,
        `arn:aws:ssm:${here}:parameter/plumbline/*`,
        expect.stringMatching(/^<LedgerKey[0-9A-F]{8}\.Arn>$/),
        role,
      ]),
    );
    expect(denied(planning.template).flatMap((one) => one.resources)).not.toContain(role);
  });

  it('may pass a role, or have one made, for the one service that needs it', () => {
    const statements = statementsOf(planning.template, 'Remediator');
    const conditionOf = (action: string) =>
      statements.find(({ actions }) => actions.includes(action))?.condition;
    expect(conditionOf('iam:PassRole')).toEqual({
      StringEquals: { 'iam:PassedToService': 'monitoring.rds.amazonaws.com' },
    });
    expect(conditionOf('iam:CreateServiceLinkedRole')).toEqual({
      StringEquals: { 'iam:AWSServiceName': 'access-analyzer.amazonaws.com' },
    });
  });
});

describe('the roles of functions', () => {
  it('of remediate are the guards, the ledger and the word to people', () => {
    const parameters = 'arn:aws:ssm:us-east-1:123456789012:parameter/plumbline';
    const breaking = ['DeleteParameter', 'GetParameter', 'GetParametersByPath', 'PutParameter'];
    expect(allowedTo(planning.template, 'RemediateRole')).toEqual(
      [
        ...pairsOf(read),
        ...acting,
        `iam:GetRole ${operator}`,
        's3:PutObject <Images.Arn>/*',
        ...prefixed('dynamodb', ['BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'], table),
        ...prefixed(
          'dynamodb',
          ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
          ledger,
        ),
        `dynamodb:Query ${table}/index/subjects`,
        'sqs:SendMessage <ChangesQueue.Arn>',
        ...prefixed('ssm', ['GetParameter', 'PutParameter'], `${parameters}/remediation`),
        ...prefixed('ssm', breaking, `${parameters}/breakers`),
        ...prefixed('ssm', breaking, `${parameters}/breakers/*`),
        ...prefixed(
          'securityhub',
          ['BatchUpdateFindings', 'GetFindingHistory', 'GetFindings'],
          'arn:aws:securityhub:us-east-1:123456789012:hub/default',
        ),
        'cloudformation:DescribeStackResource arn:aws:cloudformation:us-east-1:123456789012:stack/*',
        'kms:GenerateMac <LedgerKey.Arn>',
        'kms:VerifyMac <LedgerKey.Arn>',
        'sts:AssumeRole <Remediator.Arn>',
        'sts:SetSourceIdentity <Remediator.Arn>',
        ...logs('Remediate'),
        ...taking('Remediations'),
      ].sort(),
    );
  });

  it.each([
    ['EvaluateRole', [...logs('Evaluate'), ...taking('Changes'), ...taking('Sweeps')]],
    ['ConfigRulesConfigRuleRole', ['config:PutEvaluations *', ...logs('ConfigRulesConfigRule')]],
  ])('of %s ask, look actions up and tell people; they change nothing', (role, own) => {
    expect(allowedTo(choosing.template, role)).toEqual(
      [
        ...pairsOf(read),
        ...pairsOf(publishGrants(place)),
        ...prefixed(
          'dynamodb',
          ['BatchGetItem', 'BatchWriteItem', 'GetItem', 'PutItem', 'UpdateItem'],
          table,
        ),
        `dynamodb:GetItem ${ledger}`,
        'sqs:SendMessage <ChangesQueue.Arn>',
        'sqs:SendMessage <PagesQueue.Arn>',
        ...acting,
        ...own,
      ].sort(),
    );
  });

  it('of what reads see the switch where something is put right by itself, and write nothing of it', async () => {
    const { template } = await synthesised(
      'presets: []\ncontrols: { S3.8: { mode: remediate }, PL.SWITCH.1: {} }\n',
    );
    const own = /\/remediation$|dynamodb:\S+ .*Ledger/;
    expect(allowedTo(template, 'EvaluateRole').filter((one) => own.test(one))).toEqual([
      `dynamodb:GetItem ${ledger}`,
      'dynamodb:GetItem arn:aws:dynamodb:us-east-1:123456789012:table/Plumbline-Ledger*',
      'ssm:GetParameters arn:aws:ssm:us-east-1:123456789012:parameter/plumbline/remediation',
    ]);
    expect(allowedTo(choosing.template, 'EvaluateRole').join()).not.toContain('ssm:GetParameters ');
  });

  it('allow no action by a wildcard', () => {
    const allowed = rolePoliciesIn(choosing.template)
      .flatMap(statementsIn)
      .filter(({ effect }) => effect === 'Allow');
    for (const { actions } of allowed) expect(actions.join()).not.toContain('*');
  });
});

describe('the function', () => {
  it('takes one message at a time, five at once, for a minute each', () => {
    const [mapping] = resourcesIn(planning.template, 'AWS::Lambda::EventSourceMapping').filter(
      ({ properties }) => properties.EventSourceArn.startsWith('<RemediationsQueue'),
    );
    expect(mapping?.properties).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
  });

  it('knows the queues, the role, the switch, the breakers, the images and the topic', () => {
    const variablesOf = (name: string) => {
      const [found] = resourcesIn(planning.template, 'AWS::Lambda::Function').filter(({ id }) =>
        id.startsWith(name),
      );
      expect(found).toBeDefined();
      return found?.properties;
    };
    const shared = {
      REMEDIATIONS_QUEUE_URL: expect.stringMatching(/^<RemediationsQueue/),
      REMEDIATOR_ROLE_ARN: expect.stringMatching(/^<Remediator.*\.Arn>$/),
      IMAGES_BUCKET: expect.stringMatching(/^<Images/),
      NOTICES_TOPIC_ARN: expect.stringMatching(/^<AlarmsTopic/),
      CHANGES_QUEUE_URL: expect.stringMatching(/^<ChangesQueue/),
      POSTURE_TABLE: expect.stringMatching(/^<Posture/),
      LEDGER_TABLE: expect.stringMatching(/^<Ledger/),
      SWITCH_PARAMETER: '/plumbline/remediation',
      BREAKERS_PATH: '/plumbline/breakers/',
    };
    expect(variablesOf('RemediateFunction')).toMatchObject({
      Timeout: 60,
      Environment: { Variables: shared },
    });
    expect(variablesOf('EvaluateFunction').Environment.Variables).toMatchObject(shared);
  });
});

describe('the queue', () => {
  it('is FIFO, waits six timeouts, and gives up to FIFO', () => {
    const queues = resourcesIn(planning.template, 'AWS::SQS::Queue').filter(({ id }) =>
      id.startsWith('Remediations'),
    );
    expect(queues).toHaveLength(2);
    for (const { properties } of queues) {
      expect(properties).toMatchObject({ FifoQueue: true, ContentBasedDeduplication: true });
      expect(properties.SqsManagedSseEnabled).toBe(true);
    }
    const [queue] = queues.filter(({ id }) => id.startsWith('RemediationsQueue'));
    expect(queue?.properties).toMatchObject({
      VisibilityTimeout: 360,
      RedrivePolicy: {
        deadLetterTargetArn: expect.stringMatching(/^<RemediationsDeadLetters/),
        // What the function takes for its last try.
        maxReceiveCount: mostReceives,
      },
    });
  });

  it('and the errors of its function are watched', () => {
    const alarms = resourcesIn(planning.template, 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(8);
    const told = JSON.stringify(alarms);
    expect(told).toContain('RemediateFunction');
    expect(told).toContain('RemediationsDeadLetters');
  });
});

describe('the switch', () => {
  it('is off until an operator says otherwise: nothing of it may change with the baseline', () => {
    const [first, ...others] = [planning, choosing, bucketsOnly].map(({ template }) =>
      resourcesIn(template, 'AWS::SSM::Parameter').map(({ properties }) => properties),
    );
    expect(first).toEqual([
      {
        Name: '/plumbline/remediation',
        Type: 'String',
        Value: 'off',
        // A new text would have the next deploy turn it off.
        Description: 'Any write of this stops Plumbline; only an operator turns it on again',
      },
    ]);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe('the bucket of images', () => {
  it('is private, encrypted, over TLS, kept, and forgets after 400 days', () => {
    const [[id = '', bucket] = []] = Object.entries(
      planning.template.findResources('AWS::S3::Bucket'),
    ).filter(([name]) => name.startsWith('Images'));
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: expect.anything(),
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: {
          Rules: [{ ExpirationInDays: 400 }, { ExpiredObjectDeleteMarker: true }],
        },
      },
    });
    const refusals = resourcesIn(planning.template, 'AWS::S3::BucketPolicy')
      .filter(({ properties }) => properties.Bucket === `<${id}>`)
      .flatMap(statementsIn);
    expect(refusals).toMatchObject([
      { effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });
});

describe('the table of the ledger', () => {
  const [ledgerTable] = resourcesIn(planning.template, 'AWS::DynamoDB::Table').filter(({ id }) =>
    id.startsWith('Ledger'),
  );

  it('is kept, recoverable and encrypted as that of verdicts, and made with its index', () => {
    const [, made] =
      Object.entries(planning.template.findResources('AWS::DynamoDB::Table')).find(
        ([id]) => id === ledgerTable?.id,
      ) ?? [];
    expect(made).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        GlobalSecondaryIndexes: [
          {
            IndexName: 'actions',
            KeySchema: [
              { AttributeName: 'month', KeyType: 'HASH' },
              { AttributeName: 'startedAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    });
  });
});

describe('the key of the ledger', () => {
  const [key] = resourcesIn(planning.template, 'AWS::KMS::Key');

  it('makes and checks seals for the role of the function that acts, and for nobody else', () => {
    expect(key?.properties).toMatchObject({
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    expect(key?.properties.KeyPolicy.Statement).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['kms:GenerateMac', 'kms:VerifyMac'],
      Resource: '*',
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': expect.stringMatching(/^<RemediateRole[0-9A-F]{8}\.Arn>$/),
        },
      },
    });
  });

  it('is kept, and known to that function alone', () => {
    const [kept] = Object.values(planning.template.findResources('AWS::KMS::Key'));
    expect(kept).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const knowing = resourcesIn(planning.template, 'AWS::Lambda::Function').filter(
      ({ properties }) => 'LEDGER_KEY_ARN' in (properties.Environment?.Variables ?? {}),
    );
    expect(knowing.map(({ properties }) => properties.Handler)).toEqual(['remediate.handler']);
  });
});

describe('custom actions', () => {
  const targets = resourcesIn(choosing.template, 'AWS::SecurityHub::ActionTarget');
  const rules = (template: typeof choosing.template) =>
    resourcesIn(template, 'AWS::Events::Rule').filter(({ id }) => id.startsWith('CustomActions'));

  it('that change something are only there where the baseline says so', () => {
    const shown = resourcesIn(alone.template, 'AWS::SecurityHub::ActionTarget');
    expect(shown.map(({ properties }) => properties.Id)).toEqual(['PlumblinePlan']);
    const [rule] = rules(alone.template);
    expect(rule?.properties.EventPattern.resources).toEqual([
      'arn:aws:securityhub:us-east-1:123456789012:action/custom/PlumblinePlan',
    ]);
  });

  it('are four, their ids and names no longer than Security Hub takes', () => {
    expect(targets.map(({ properties }) => [properties.Id, properties.Name])).toEqual([
      ['PlumblinePlan', 'Show plan'],
      ['PlumblineFix', 'Fix now'],
      ['PlumblineUndo', 'Undo'],
      ['PlumblineExempt', 'Exempt 7 days'],
    ]);
    for (const { properties } of targets) {
      expect(properties.Id).toMatch(/^[A-Za-z0-9]{1,20}$/);
      expect(properties.Name.length).toBeLessThanOrEqual(20);
      expect(properties.Description).toMatch(/\S/);
    }
  });

  it('come to the queue one after the other, and no other event does', () => {
    const [rule, ...others] = rules(choosing.template);
    expect(others).toEqual([]);
    expect(rule?.properties.EventPattern).toEqual({
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Custom Action'],
      resources: targets.map(
        ({ properties }) =>
          `arn:aws:securityhub:us-east-1:123456789012:action/custom/${properties.Id}`,
      ),
    });
    expect(rule?.properties.Targets).toMatchObject([
      {
        Arn: expect.stringMatching(/^<RemediationsQueue/),
        SqsParameters: { MessageGroupId: 'custom-actions' },
        DeadLetterConfig: { Arn: expect.stringMatching(/^<EventsUndelivered/) },
      },
    ]);
  });

  it('are only there where the baseline says securityHub', () => {
    planning.template.resourceCountIs('AWS::SecurityHub::ActionTarget', 0);
    expect(rules(planning.template)).toEqual([]);
  });
});

describe('the stack that plans', () => {
  it('listens to what it listened to before, plans or not', () => {
    const patterns = (template: typeof planning.template) =>
      resourcesIn(template, 'AWS::Events::Rule').flatMap(({ properties }) =>
        properties.EventPattern ? [properties.EventPattern] : [],
      );
    expect(patterns(planning.template)).toEqual(patterns(observing.template));
    expect(patterns(planning.template)).toEqual(
      patternsOf(planning.watched).map(({ pattern }) => pattern),
    );
  });

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 10,240 without white space
  it('has no role whose policy IAM would not take', () => {
    const sizes = resourcesIn(choosing.template, 'AWS::IAM::Policy').map(
      ({ id, properties }) => [id, JSON.stringify(properties.PolicyDocument).length] as const,
    );
    expect(sizes.length).toBeGreaterThan(4);
    for (const [, size] of sizes) expect(size).toBeLessThan(8000);
  });

  it('tells the command line its names', () => {
    expect(Object.keys(planning.template.findOutputs('*')).sort()).toEqual([
      'AlarmTopic',
      'ChangesQueue',
      'HeartbeatBucket',
      'ImagesBucket',
      'LedgerTable',
      'Operators',
      'PostureTable',
      'RemediationsQueue',
    ]);
    expect(planning.template.findOutputs('Operators')['Operators']).toMatchObject({
      Value: operator,
    });
  });

  it('meets the AWS Solutions rules of cdk-nag', () => {
    expect(nagged(planning.stack)).toEqual([]);
    expect(nagged(choosing.stack)).toEqual([]);
    expect(nagged(bucketsOnly.stack)).toEqual([]);
  });
});
