import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import { ecsCluster } from '../../../lib/resources/ecs/ecs-cluster.ts';
import { ecsService } from '../../../lib/resources/ecs/ecs-service.ts';
import { ecsTaskDefinition } from '../../../lib/resources/ecs/ecs-task-definition.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(ecsCluster);
seesEveryFacet(ecsService);
seesEveryFacet(ecsTaskDefinition);

const aws = awsForTests();
const read = async (type: AnyResourceType, id: string, facet: string) => {
  const reading = await aws.reader().read(type, refOf(id), [facet]);
  return reading.gone ? 'gone' : Object(reading.facets[facet]).value;
};
const tags = [{ key: 'data', value: 'secret' }];
const cluster = 'read-cluster';
const service = `${cluster}/read-service`;
const family = 'read-family';

beforeAll(async () => {
  const ecs = await aws.clients()('ecs');
  await ecs.createCluster({
    clusterName: cluster,
    settings: [{ name: 'containerInsights', value: 'enabled' }],
    tags,
  });
  await ecs.createCluster({ clusterName: 'read-bare' });
  await ecs.registerTaskDefinition({
    family,
    containerDefinitions: [{ name: 'old', image: 'a', memory: 64, privileged: true }],
  });
  await ecs.registerTaskDefinition({
    ...{ family, networkMode: 'host', pidMode: 'host', tags },
    containerDefinitions: [
      {
        ...{ name: 'shop', image: 'a', memory: 64, user: '0:0', readonlyRootFilesystem: true },
        environment: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'planted-secret' }],
        command: ['--password', 'planted-secret'],
        logConfiguration: { logDriver: 'awslogs' },
      },
      { name: 'side', image: 'b', memory: 64 },
    ],
  });
  const { Subnets = [] } = await (await aws.clients()('ec2')).describeSubnets({});
  await ecs.createService({
    ...{ cluster, serviceName: 'read-service', taskDefinition: family, desiredCount: 0, tags },
    ...{ launchType: 'FARGATE', platformVersion: '1.3.0' },
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [Subnets[0]?.SubnetId ?? ''],
        securityGroups: [],
        assignPublicIp: 'ENABLED',
      },
    },
  });
}, 60_000);

it('a cluster shows whether it is measured', async () => {
  expect(await read(ecsCluster, cluster, 'cluster')).toEqual({
    state: 'ACTIVE',
    insights: 'enabled',
  });
  expect(await read(ecsCluster, 'read-bare', 'cluster')).toMatchObject({ insights: 'disabled' });
});

it('a service shows where it runs, and whether it is public', async () => {
  expect(await read(ecsService, service, 'service')).toMatchObject({
    ...{ state: 'ACTIVE', assignsPublicIp: true, isFargate: true, platformVersion: '1.3.0' },
  });
});

it('a family shows its latest revision, and no value of what its containers are given', async () => {
  const shown = await read(ecsTaskDefinition, family, 'task');
  const bare = { isPrivileged: false, user: 'image', hasReadOnlyRoot: false, variables: [] };
  expect(shown).toEqual({
    ...{ os: 'linux', networkMode: 'host', pidMode: 'host' },
    containers: [
      {
        ...{ ...bare, name: 'shop', user: 'root', hasReadOnlyRoot: true, logDriver: 'awslogs' },
        variables: ['AWS_SECRET_ACCESS_KEY'],
      },
      { ...bare, name: 'side' },
    ],
  });
  expect(JSON.stringify(shown)).not.toContain('planted');
});

it('a family without an active revision is gone', async () => {
  const ecs = await aws.clients()('ecs');
  const { taskDefinition } = await ecs.registerTaskDefinition({
    family: 'read-over',
    containerDefinitions: [{ name: 'a', image: 'a', memory: 64 }],
  });
  await ecs.deregisterTaskDefinition({ taskDefinition: taskDefinition?.taskDefinitionArn ?? '' });
  expect(await read(ecsTaskDefinition, 'read-over', 'task')).toBe('gone');
});

it('a family is not gone by an error that says something else', async () => {
  const real = aws.clients();
  const ecs = await real('ecs');
  const describeTaskDefinition = async () => {
    throw Object.assign(new Error('Invalid revision number.'), { name: 'ClientException' });
  };
  const clients: Clients = async (service) =>
    service === 'ecs'
      ? Object.assign(Object.create(ecs), { describeTaskDefinition })
      : real(service);
  const reader = createReader({ account: accountId, region, clients });
  await expect(reader.read(ecsTaskDefinition, refOf(family), ['task'])).rejects.toThrow(
    'Invalid revision number.',
  );
});

it('a service is public by the network of its task sets, too', async () => {
  const real = aws.clients();
  const ecs = await real('ecs');
  const networkConfiguration = {
    awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' },
  };
  const describeServices = async () => ({
    services: [{ status: 'ACTIVE', taskSets: [{}, { networkConfiguration }] }],
  });
  const clients: Clients = async (service) =>
    service === 'ecs' ? Object.assign(Object.create(ecs), { describeServices }) : real(service);
  const reader = createReader({ account: accountId, region, clients });
  expect(await reader.read(ecsService, refOf(service), ['service'])).toMatchObject({
    facets: { service: { value: { assignsPublicIp: true } } },
  });
});

describe.each([
  [ecsCluster, 'cluster', cluster, `cluster/${cluster}`, 'never'],
  [ecsService, 'service', service, `service/${service}`, `${cluster}/never`],
  [ecsTaskDefinition, 'task', family, `task-definition/${family}`, 'never'],
] as const)('of the three, number %#', (type, facet, id, arn, never) => {
  it('tells ARN and tags, and is listed', async () => {
    expect(await type.about.read(aws.reader(), refOf(id))).toEqual({
      arn: `arn:aws:ecs:${region}:${accountId}:${arn}`,
      tags: { data: 'secret' },
    });
    const ids: string[] = [];
    let next: string | undefined;
    do {
      const page = await type.live.list.page(aws.reader(), next);
      ids.push(...page.resources.map((one) => one.id));
      next = page.next;
    } while (next !== undefined);
    expect(ids).toContain(id);
  });

  it('is gone where it is not there', async () => {
    expect(await read(type, never, facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    for (const one of Object.values(Object(await deniedReading(type, id))))
      expect(one).toEqual({ denied: expect.any(String) });
  }, 60_000);
});

const prefix = `arn:aws:ecs:${region}:${accountId}`;
it.each<[AnyResourceType, string, object, unknown]>([
  [ecsTaskDefinition, 'RegisterTaskDefinition', { family: 'shop' }, ['shop']],
  [ecsTaskDefinition, 'DeregisterTaskDefinition', { taskDefinition: 'shop:3' }, ['shop']],
  [
    ecsTaskDefinition,
    'DeregisterTaskDefinition',
    { taskDefinition: `${prefix}:task-definition/shop:3` },
    ['shop'],
  ],
  [ecsCluster, 'UpdateClusterSettings', { cluster: `${prefix}:cluster/shop` }, ['shop']],
])('%# is named by its request', (type, eventName, requestParameters, ids) => {
  const found = type.live.announcements.find(
    (one) => one.via === 'cloudtrail' && eventName in one.calls,
  );
  expect(found?.idsIn({ eventName, awsRegion: region, requestParameters }, accountId)).toEqual(ids);
});

it.each([
  ['CreateService', { service: { serviceArn: `${prefix}:service/web/shop` } }],
  ['CreateTaskSet', { taskSet: { serviceArn: `${prefix}:service/web/shop` } }],
])('a service is named by the response of %s', (eventName, responseElements) => {
  const found = ecsService.live.announcements.find(
    (one) => one.via === 'cloudtrail' && eventName in one.calls,
  );
  const event = { eventName, awsRegion: region, requestParameters: {}, responseElements };
  expect(found?.idsIn(event, accountId)).toEqual(['web/shop']);
});
