import { lambdaFunction } from '../../../lib/resources/lambda/lambda-function.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(lambdaFunction, {
  'urlsLeftOut: present':
    'more aliases than are looked at: test/controls/lambda/many-versions.test.ts',
});

const facets = Object.keys(lambdaFunction.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(lambdaFunction, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-function-full', 'read-function-bare'];
const arnOf = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;
const secret = 'hunter2-of-a-test';
// An empty archive.
const ZipFile = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

describe('a function', () => {
  let subnets: readonly string[] = [];
  beforeAll(async () => {
    const lambda = await aws.clients()('lambda');
    const { Role } = await (await aws.clients()('iam')).createRole({
      RoleName: 'read-function',
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      }),
    });
    const ec2 = await aws.clients()('ec2');
    const { Subnets = [] } = await ec2.describeSubnets({
      Filters: [
        { Name: 'default-for-az', Values: ['true'] },
        { Name: 'availability-zone', Values: [`${region}a`, `${region}b`] },
      ],
    });
    subnets = Subnets.flatMap(({ SubnetId = [] }) => SubnetId);
    const common = {
      Role: Role?.Arn ?? '',
      Runtime: 'nodejs22.x' as const,
      Handler: 'index.handler',
      Code: { ZipFile },
    };
    const { LayerVersionArn = '' } = await lambda.publishLayerVersion({
      ...{ LayerName: 'read-function', Content: { ZipFile } },
    });
    await lambda.createFunction({ ...common, FunctionName: bare });
    await lambda.createFunction({
      ...common,
      FunctionName: full,
      VpcConfig: { SubnetIds: [...subnets], SecurityGroupIds: [] },
      Layers: [LayerVersionArn],
      Environment: { Variables: { DATABASE_PASSWORD: secret } },
      Tags: { data: 'secret' },
    });
    await lambda.addPermission({
      FunctionName: full,
      StatementId: 'open',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    });
    await lambda.publishVersion({ FunctionName: full });
    await lambda.createAlias({ FunctionName: full, Name: 'live', FunctionVersion: '1' });
    await lambda.addPermission({
      FunctionName: full,
      Qualifier: 'live',
      StatementId: 'open-live',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    });
    await lambda.addPermission({
      FunctionName: full,
      Qualifier: '1',
      StatementId: 'open-version',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
    });
    await lambda.createFunctionUrlConfig({ FunctionName: full, AuthType: 'NONE' });
  }, 60_000);

  it('that has everything shows it, but no value of its environment', async () => {
    const shown = await read(full, ...facets);
    expect(shown).toEqual({
      configuration: {
        value: { packageType: 'Zip', runtime: 'nodejs22.x', subnets: expect.any(Array) },
      },
      layers: { value: [`arn:aws:lambda:${region}:${accountId}:layer:read-function:1`] },
      policy: { value: expect.stringContaining('"open"') },
      // Moto shows the URL of the function whatever the qualifier.
      url: {
        value: [
          { alias: undefined, authType: 'NONE' },
          { alias: 'live', authType: 'NONE' },
        ],
      },
      urlsLeftOut: { value: undefined },
      zones: { value: [`${region}a`, `${region}b`] },
    });
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(JSON.stringify(shown)).toContain('open-live');
    expect(JSON.stringify(shown)).toContain('open-version');
  });

  it('that has nothing shows neither policy nor URL', async () => {
    expect(await read(bare, 'policy', 'url', 'zones')).toEqual({
      policy: { value: undefined },
      url: { value: [] },
      zones: { value: [] },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(lambdaFunction, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(full, 'about')).toEqual({
      about: { value: { arn: arnOf(full), tags: { data: 'secret' } } },
    });
  });

  it('is listed with its configuration', async () => {
    const { resources } = await lambdaFunction.live.list.page(aws.reader(), undefined);
    expect(resources).toContainEqual({
      id: bare,
      facets: {
        configuration: { packageType: 'Zip', runtime: 'nodejs22.x', subnets: [] },
        layers: [],
      },
    });
  });

  it.each<[string, string, unknown]>([
    ['its name', 'orders', ['orders']],
    ['its name and an alias', 'orders:live', ['orders']],
    ['account and name', `${accountId}:function:orders`, ['orders']],
    ['its ARN', arnOf('orders'), ['orders']],
    ['its ARN with a version', `${arnOf('orders')}:7`, ['orders']],
    ['another account’s ARN', arnOf('orders').replace(accountId, '444455556666'), []],
  ])('is named by %s', (_, name, ids) => {
    const [announcement] = lambdaFunction.live.announcements;
    const detail = {
      eventName: 'AddPermission20150331v2',
      requestParameters: { functionName: name },
    };
    expect(announcement?.idsIn(detail, accountId)).toEqual(ids);
  });
});
