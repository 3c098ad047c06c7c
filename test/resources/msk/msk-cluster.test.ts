import { mskCluster } from '../../../lib/resources/msk/msk-cluster.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(mskCluster);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(mskCluster, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const prefix = `arn:aws:kafka:${region}:${accountId}:cluster/`;
const idOf = (arn = '') => arn.slice(prefix.length);
const BrokerNodeGroupInfo = { ClientSubnets: ['subnet-1'], InstanceType: 'kafka.t3.small' };
const provisioned = { BrokerNodeGroupInfo, KafkaVersion: '3.6.0', NumberOfBrokerNodes: 3 };
const made = { plain: '', full: '', serverless: '' };

beforeAll(async () => {
  const kafka = await aws.clients()('kafka');
  const plain = await kafka.createClusterV2({
    ...{ ClusterName: 'read-plain', Provisioned: provisioned },
  });
  const full = await kafka.createClusterV2({
    ClusterName: 'read-full',
    Tags: { data: 'secret' },
    Provisioned: {
      ...provisioned,
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Tls: { Enabled: true } },
      EncryptionInfo: { EncryptionInTransit: { InCluster: false } },
    },
  });
  const serverless = await kafka.createClusterV2({
    ...{ ClusterName: 'read-serverless', Serverless: { VpcConfigs: [{ SubnetIds: ['s'] }] } },
  });
  made.plain = idOf(plain.ClusterArn);
  made.full = idOf(full.ClusterArn);
  made.serverless = idOf(serverless.ClusterArn);
}, 60_000);

describe('a cluster of MSK', () => {
  it('shows how it begins', async () => {
    expect(await read(made.plain, 'cluster')).toEqual({
      cluster: {
        value: {
          state: 'ACTIVE',
          isServerless: false,
          publicAccess: 'DISABLED',
          encryptsBetweenBrokers: true,
          authentication: [],
          admitsAnybody: true,
        },
      },
    });
  });

  it('shows what somebody asked for, and changed', async () => {
    const ClusterArn = `${prefix}${made.full}`;
    expect(await read(made.full, 'cluster')).toMatchObject({
      cluster: {
        value: {
          encryptsBetweenBrokers: false,
          authentication: ['IAM', 'TLS'],
          admitsAnybody: false,
        },
      },
    });
    const kafka = await aws.clients()('kafka');
    const ConnectivityInfo = { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } };
    await kafka.updateConnectivity({ ClusterArn, CurrentVersion: 'K1', ConnectivityInfo });
    expect(await read(made.full, 'cluster')).toMatchObject({
      cluster: { value: { publicAccess: 'SERVICE_PROVIDED_EIPS' } },
    });
  });

  it('shows that it is serverless', async () => {
    expect(await read(made.serverless, 'cluster')).toMatchObject({
      cluster: { value: { isServerless: true, publicAccess: undefined } },
    });
  });

  it('that is not there is gone', async () => {
    expect(await read('never/made', 'cluster')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(mskCluster, 'example/1')).toEqual({
      cluster: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: `${prefix}${made.full}`, tags: { data: 'secret' } };
    expect(await read(made.full, 'about')).toEqual({ about: { value: about } });
    const { resources } = await mskCluster.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === made.full)).toMatchObject({ about });
  });

  it('settles', () => {
    const { unsettled } = mskCluster.live;
    expect(unsettled?.while({ state: 'UPDATING' })).toBe(true);
    expect(unsettled?.while({ state: 'ACTIVE' })).toBe(false);
  });
});

const one = `${prefix}orders/1`;
it.each<[string, object, unknown]>([
  ['its ARN', { requestParameters: { clusterArn: one } }, ['orders/1']],
  [
    'its ARN, encoded',
    { requestParameters: { clusterArn: encodeURIComponent(one) } },
    ['orders/1'],
  ],
  ['the ARN of a new one', { responseElements: { clusterArn: one } }, ['orders/1']],
  ['nothing', { requestParameters: null }, 'all'],
  [
    'one of another account',
    { requestParameters: { clusterArn: one.replace(accountId, '111122223333') } },
    [],
  ],
])('a cluster of MSK is named by %s', (_, detail, ids) => {
  const [announcement] = mskCluster.live.announcements;
  const event = { eventName: 'UpdateSecurity', awsRegion: region, ...detail };
  expect(announcement?.idsIn(event, accountId)).toEqual(ids);
});
