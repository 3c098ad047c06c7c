import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { CreateClusterRequest, UpdateClusterConfigRequest } from '@aws-sdk/client-eks';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { remade } from './setting.ts';
import { account, nameOf, type Turn } from './turn.ts';

const container: ContainerDefinition = {
  ...{ name: 'app', image: 'public.ecr.aws/a/b@sha256:1', memory: 128, cpu: 0, user: '1000' },
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: 'awslogs', options: {} },
};

/** A revision that is registered is the latest of its family, which is the resource. */
const registered = (
  control: string,
  wrong: { readonly task?: Partial<RegisterTaskDefinitionCommandInput>; of?: ContainerDefinition },
): Turn => {
  const register = async (
    clients: Clients,
    family: string,
    { task = {}, of = container }: typeof wrong = {},
  ) =>
    (await clients('ecs')).registerTaskDefinition({ family, containerDefinitions: [of], ...task });
  return {
    control,
    type: 'AWS::ECS::TaskDefinition',
    make: async (clients) => {
      const family = nameOf('turn');
      await register(clients, family);
      return family;
    },
    wrong: (clients, family) => register(clients, family, wrong),
    right: (clients, family) => register(clients, family),
  };
};

const subnetIn = async (clients: Clients): Promise<string> => {
  const { Subnets = [] } = await (await clients('ec2')).describeSubnets({});
  return Subnets[0]?.SubnetId ?? '';
};

const service: Turn = {
  control: 'ECS.2',
  type: 'AWS::ECS::Service',
  make: async (clients) => {
    const ecs = await clients('ecs');
    const name = nameOf('turn');
    await ecs.createCluster({ clusterName: name });
    await ecs.registerTaskDefinition({ family: name, containerDefinitions: [container] });
    await assigning('DISABLED', true)(clients, `${name}/${name}`);
    return `${name}/${name}`;
  },
  wrong: (clients, id) => assigning('ENABLED', false)(clients, id),
  right: (clients, id) => assigning('DISABLED', false)(clients, id),
};
/** The local AWS does not change the network of a service: it is deleted, and made again. */
function assigning(assignPublicIp: 'ENABLED' | 'DISABLED', isNew: boolean) {
  return async (clients: Clients, id: string) => {
    const [cluster = '', serviceName = ''] = id.split('/');
    const ecs = await clients('ecs');
    if (!isNew) await ecs.deleteService({ cluster, service: serviceName, force: true });
    await ecs.createService({
      ...{ cluster, serviceName, taskDefinition: cluster, launchType: 'FARGATE', desiredCount: 0 },
      networkConfiguration: {
        awsvpcConfiguration: {
          ...{ subnets: [await subnetIn(clients)], securityGroups: [] },
          assignPublicIp,
        },
      },
    });
  };
}

const platform = async (clients: Clients, id: string, platformVersion: string) => {
  const [cluster, name] = id.split('/');
  return (await clients('ecs')).updateService({ cluster, service: name, platformVersion });
};
const fargate: Turn = {
  control: 'ECS.10',
  type: 'AWS::ECS::Service',
  make: service.make,
  wrong: (clients, id) => platform(clients, id, '1.3.0'),
  right: (clients, id) => platform(clients, id, 'LATEST'),
};

const cluster = {
  type: 'AWS::EKS::Cluster',
  create: async (clients: Clients, name: string, differing: Partial<CreateClusterRequest>) => {
    const { resourcesVpcConfig, ...more } = differing;
    await (await clients('eks')).createCluster({
      ...{ name, roleArn: `arn:aws:iam::${account}:role/eks`, ...more },
      resourcesVpcConfig: { subnetIds: [await subnetIn(clients)], ...resourcesVpcConfig },
    });
  },
  remove: async (clients: Clients, name: string) => (await clients('eks')).deleteCluster({ name }),
};
type Change = Pick<UpdateClusterConfigRequest, 'resourcesVpcConfig' | 'logging'>;
const eks = (control: string, right: Change, wrong: Change): Turn => {
  const set = async (clients: Clients, name: string, change: Change) =>
    (await clients('eks')).updateClusterConfig({ name, ...change });
  return {
    control,
    type: cluster.type,
    make: async (clients) => {
      const name = nameOf('turn');
      await cluster.create(clients, name, right);
      return name;
    },
    wrong: (clients, name) => set(clients, name, wrong),
    right: (clients, name) => set(clients, name, right),
  };
};
const audit = (enabled: boolean): Change => ({
  logging: { clusterLogging: [{ types: ['audit'], enabled }] },
});
const ofKms = {
  resources: ['secrets'],
  provider: { keyArn: `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555` },
};

const admin = (kind: 'role' | 'user') => ({
  principalArn: `arn:aws:iam::${account}:${kind}/admin`,
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  accessScope: { type: 'cluster' as const },
});
/** Whoever is given a policy administers the cluster; a user is one by an access key. */
const entries: Turn = {
  control: 'PL.EKS.3',
  type: 'AWS::EKS::Cluster',
  make: async (clients) => {
    const eks = await clients('eks');
    const clusterName = nameOf('turn');
    await eks.createCluster({
      ...{ name: clusterName, roleArn: `arn:aws:iam::${account}:role/eks` },
      resourcesVpcConfig: { subnetIds: [await subnetIn(clients)] },
      accessConfig: { authenticationMode: 'API' },
    });
    for (const one of [admin('role'), admin('user')])
      await eks.createAccessEntry({ clusterName, principalArn: one.principalArn });
    await eks.associateAccessPolicy({ clusterName, ...admin('role') });
    return clusterName;
  },
  wrong: async (clients, clusterName) =>
    (await clients('eks')).associateAccessPolicy({ clusterName, ...admin('user') }),
  right: async (clients, clusterName) => {
    const { accessScope: _, ...policy } = admin('user');
    return (await clients('eks')).disassociateAccessPolicy({ clusterName, ...policy });
  },
};

const secret: ContainerDefinition = {
  ...container,
  environment: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'planted-secret' }],
};
const without = ({ logConfiguration: _, ...rest }: ContainerDefinition): ContainerDefinition =>
  rest;

export const containerTurns: readonly Turn[] = [
  registered('ECS.1', { task: { networkMode: 'host' }, of: { ...container, user: 'root' } }),
  service,
  fargate,
  registered('ECS.3', { task: { pidMode: 'host' } }),
  registered('ECS.4', { of: { ...container, privileged: true } }),
  registered('ECS.5', { of: { ...container, readonlyRootFilesystem: false } }),
  registered('ECS.8', { of: secret }),
  registered('ECS.9', { of: without(container) }),
  eks(
    'EKS.1',
    { resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } },
    { resourcesVpcConfig: { endpointPublicAccess: true } },
  ),
  eks(
    'PL.EKS.1',
    { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] } },
    { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } },
  ),
  entries,
  eks('EKS.8', audit(true), audit(false)),
  // Neither is taken back on AWS: a cluster of the same name is made in its place.
  remade(cluster, 'EKS.3', { encryptionConfig: [ofKms] }, {}),
  remade(cluster, 'PL.EKS.2', { accessConfig: { authenticationMode: 'API' } }, {}),
];
