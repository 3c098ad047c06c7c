import { templateFrom, verdictOf } from './checking.ts';

const text = JSON.stringify;
const template = (resources: object, more: object = {}) => text({ ...more, Resources: resources });

const topics = { TopicConfigurations: [{ Events: ['s3:ObjectCreated:*'], TopicArn: 'arn' }] };
const announcing = (asked: object, more: object = {}) => ({
  Type: 'Custom::S3BucketNotifications',
  Properties: { BucketName: { Ref: 'It' }, NotificationConfiguration: asked, Managed: true },
  ...more,
});
const bucket = { Type: 'AWS::S3::Bucket' };

describe('what the CDK announces of a bucket', () => {
  it.each<[name: string, resources: object, verdict: string]>([
    ['to a topic', { It: bucket, Custom: announcing(topics) }, 'PASS'],
    [
      'to a function',
      {
        It: bucket,
        Custom: announcing({
          LambdaFunctionConfigurations: [
            { Events: ['s3:ObjectRemoved:*'], LambdaFunctionArn: 'arn' },
          ],
        }),
      },
      'PASS',
    ],
    [
      'to EventBridge',
      { It: bucket, Custom: announcing({ EventBridgeConfiguration: {} }) },
      'PASS',
    ],
    ['to nobody', { It: bucket, Custom: announcing({}) }, 'FAIL'],
    [
      'of another bucket',
      {
        It: bucket,
        Other: bucket,
        Custom: {
          Type: 'Custom::S3BucketNotifications',
          Properties: { BucketName: { Ref: 'Other' }, NotificationConfiguration: topics },
        },
      },
      'FAIL',
    ],
    [
      'on a condition',
      { It: bucket, Custom: announcing(topics, { Condition: 'IsMade' }) },
      'FAIL when IsProd is no',
    ],
  ])('%s', async (_, resources, verdict) => {
    const more = {
      Parameters: { IsProd: { Type: 'String', AllowedValues: ['yes', 'no'] } },
      Conditions: { IsMade: { 'Fn::Equals': [{ Ref: 'IsProd' }, 'yes'] } },
    };
    expect(await verdictOf(template(resources, more), 'S3.11', 'It')).toBe(verdict);
  });

  it('leaves what the bucket itself announces', async () => {
    const own = {
      ...bucket,
      Properties: { NotificationConfiguration: { EventBridgeConfiguration: {} } },
    };
    const made = await templateFrom(template({ It: own, Custom: announcing(topics) }));
    expect(made.declarations.get('It')?.properties).toMatchObject({
      NotificationConfiguration: {
        EventBridgeConfiguration: {},
        TopicConfigurations: [{ Event: 's3:ObjectCreated:*' }],
      },
    });
  });
});

const policy = (Principal: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'es:*', Resource: '*' }],
});
const call = (AccessPolicies: string, of: string) => {
  const asked = text({
    action: 'updateDomainConfig',
    service: 'OpenSearch',
    parameters: { DomainName: 'HERE', AccessPolicies },
  });
  const [before = '', after = ''] = asked.split('HERE');
  return { 'Fn::Join': ['', [before, { Ref: of }, after]] };
};
/** The same text twice within JSON, as the CDK writes a reference in a policy. */
const referring = (Create: ReturnType<typeof call>, word: string, to: object) => {
  const [by, parts] = Create['Fn::Join'] as [string, unknown[]];
  const all = parts.flatMap((part) => {
    if (typeof part !== 'string') return [part];
    return part.split(word).flatMap((piece, at) => (at === 0 ? [piece] : [to, piece]));
  });
  return { 'Fn::Join': [by, all] };
};
const setting = (Create: unknown, type = 'OpenSearch') => ({
  Type: `Custom::${type}AccessPolicy`,
  Properties: { ServiceToken: 'arn', Create },
});
const domain = { Type: 'AWS::OpenSearchService::Domain', Properties: {} };
const control = 'PL.OPENSEARCH.1';

describe('the policy that the CDK sets on a domain', () => {
  it.each<[name: string, Create: unknown, verdict: string]>([
    ['that lets in anybody', call(text(policy('*')), 'It'), 'FAIL'],
    ['that lets in nobody else', call(text(policy({ AWS: '111122223333' })), 'It'), 'PASS'],
    [
      'that names a role of the template',
      referring(call(text(policy({ AWS: 'ROLE' })), 'It'), 'ROLE', { 'Fn::GetAtt': ['R', 'Arn'] }),
      'PASS',
    ],
    ['of another domain', call(text(policy('*')), 'Other'), 'PASS'],
  ])('%s', async (_, Create, verdict) => {
    const resources = {
      It: domain,
      Other: domain,
      R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy('*') } },
      Custom: setting(Create),
    };
    expect(await verdictOf(template(resources), control, 'It')).toBe(verdict);
  });

  it('is not known where the call cannot be made out', async () => {
    const resources = { It: domain, Custom: setting({ Ref: 'Asked' }) };
    const more = { Parameters: { Asked: { Type: 'String' } } };
    expect(await verdictOf(template(resources, more), control, 'It')).toMatch(
      /^UNKNOWN .*custom resource Custom sets/,
    );
  });

  it('is that of a domain of Elasticsearch, too', async () => {
    const resources = {
      It: { Type: 'AWS::Elasticsearch::Domain', Properties: {} },
      Custom: setting(call(text(policy('*')), 'It'), 'Elasticsearch'),
    };
    expect(await verdictOf(template(resources), control, 'It')).toBe('FAIL');
  });
});

const cluster = (Config: object) => ({
  It: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { ServiceToken: 'arn', Config } },
});
const audit = { clusterLogging: [{ enabled: true, types: ['api', 'audit'] }] };

it.each<[name: string, Config: object, control: string, verdict: string]>([
  ['with what it has by itself', {}, 'EKS.1', 'FAIL'],
  ['in private', { resourcesVpcConfig: { endpointPublicAccess: false } }, 'EKS.1', 'PASS'],
  [
    'for an office',
    { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.7/32'] } },
    'PL.EKS.1',
    'PASS',
  ],
  ['that writes no log', {}, 'EKS.8', 'FAIL'],
  ['that writes logs', { logging: audit }, 'EKS.8', 'PASS'],
  [
    'that writes none of them',
    { logging: { clusterLogging: [{ enabled: false, types: ['audit'] }] } },
    'EKS.8',
    'FAIL',
  ],
  [
    'with a key',
    { encryptionConfig: [{ provider: { keyArn: 'arn' }, resources: ['secrets'] }] },
    'EKS.3',
    'PASS',
  ],
  ['with access entries', { accessConfig: { authenticationMode: 'API' } }, 'PL.EKS.2', 'PASS'],
])('a cluster that the CDK makes, %s', async (_, Config, asked, verdict) => {
  expect(await verdictOf(template(cluster(Config)), asked, 'It')).toBe(verdict);
});
