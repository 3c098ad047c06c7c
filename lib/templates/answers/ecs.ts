import { Unresolved } from '../../model/unresolved.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, ownValue } from './answer.ts';

const clusters: Answer = (stack, { clusters: names }) => {
  const [wanted] = [names].flat();
  const found = stack.find(['AWS::ECS::Cluster'], (one) => one.name === wanted);
  if (!found) return { clusters: [] };
  const settings = found.get('ClusterSettings');
  // Else what the account has set for new clusters decides, which as all that it has set counts as not set.
  if (!settings.isSet && stack.template.live)
    throw new Unresolved('the settings that the account gives a new cluster');
  if (!settings.isSet) stack.world.note('what the account gives a new cluster is not looked at');
  return {
    clusters: [
      lazily({
        clusterName: () => found.name,
        status: () => 'ACTIVE',
        settings: () =>
          settings.items().map((one) => ({
            name: one.get('Name').text(['containerInsights']),
            value: one.get('Value').text(['disabled', 'enabled']),
          })),
      }),
    ],
  };
};

/** Who deploys by task sets gives them their network: they are made elsewhere, or after the service. */
const taskSetsOf = (controller: Part) => {
  if (controller.text(['CODE_DEPLOY', 'ECS', 'EXTERNAL']) === 'EXTERNAL')
    throw new Unresolved('the network of the task sets of the service');
  return [];
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-awsvpcconfiguration.html */
const assigning = (stack: Stack, network: Part): string | undefined => {
  if (!network.isSet) return undefined;
  const set = network.get('AssignPublicIp').among(['DISABLED', 'ENABLED']);
  return set ?? ownValue(stack, 'no public address of tasks', 'DISABLED') ?? 'ENABLED';
};

const taskType = 'AWS::ECS::TaskDefinition';
/** What its task definition runs on; of Windows there is one platform, 1.0.0, which is an old one of Linux. */
const familyOf = (stack: Stack, service: Resource): string | undefined => {
  const wanted = service.get('TaskDefinition').name();
  const task = stack.find([taskType], (one) =>
    [one.name, one.physicalId, one.arn].some((own) => own === wanted),
  );
  if (task)
    return task
      .get('RuntimePlatform', 'OperatingSystemFamily')
      .text(['LINUX', 'WINDOWS_SERVER_2022_CORE']);
  if (service.get('PlatformVersion').text(['1.3.0', 'LATEST']) === '1.0.0')
    throw new Unresolved('the task definition, which says whether it runs on Windows');
  return undefined;
};

const services: Answer = (stack, { services: names }) => {
  const [wanted] = [names].flat();
  const found = stack.find(['AWS::ECS::Service'], (one) => one.name === wanted);
  if (!found) return { services: [] };
  const network = found.get('NetworkConfiguration', 'AwsvpcConfiguration');
  return {
    services: [
      lazily({
        status: () => 'ACTIVE',
        launchType: () => found.get('LaunchType').text(['EC2', 'FARGATE']),
        capacityProviderStrategy: () =>
          found
            .get('CapacityProviderStrategy')
            .items()
            .map((one) => ({ capacityProvider: one.get('CapacityProvider').name() })),
        platformVersion: () =>
          found.get('PlatformVersion').text(['1.3.0', 'LATEST']) ??
          ownValue(stack, 'the latest platform of services', 'LATEST') ??
          '1.0.0',
        platformFamily: () => familyOf(stack, found),
        taskSets: () => taskSetsOf(found.get('DeploymentController', 'Type')),
        networkConfiguration: () => ({
          awsvpcConfiguration: {
            assignPublicIp: assigning(stack, network),
          },
        }),
      }),
    ],
  };
};

const containerOf = (one: Part) =>
  lazily({
    name: () => one.get('Name').name(),
    privileged: () => one.get('Privileged').flag(),
    user: () => one.get('User').text(['root', 'app']),
    readonlyRootFilesystem: () => one.get('ReadonlyRootFilesystem').flag(),
    logConfiguration: () => {
      const driver = one.get('LogConfiguration', 'LogDriver').text(['awslogs', 'none']);
      return driver === undefined ? undefined : { logDriver: driver };
    },
    // Their names, and never their values.
    environment: () =>
      one
        .get('Environment')
        .texts()
        .map((variable) => ({ name: variable.get('Name').text(['AWS_ACCESS_KEY_ID', 'STAGE']) })),
  });

const tasks: Answer = (stack, { taskDefinition: wanted }) => {
  const found = stack.find([taskType], (one) => one.name === wanted);
  if (!found)
    throw Object.assign(new Error(`there is no ${wanted}`), { name: 'TaskDefinitionNotFound' });
  return {
    taskDefinition: lazily({
      status: () => 'ACTIVE',
      networkMode: () =>
        found.get('NetworkMode').among(['awsvpc', 'bridge', 'host', 'none']) ??
        ownValue(stack, 'a network of their own of tasks', 'bridge') ??
        'host',
      pidMode: () =>
        found.get('PidMode').among(['host', 'task']) ??
        ownValue(stack, 'processes of their own of tasks', 'task') ??
        'host',
      runtimePlatform: () => ({
        operatingSystemFamily: found
          .get('RuntimePlatform', 'OperatingSystemFamily')
          .text(['LINUX', 'WINDOWS_SERVER_2022_CORE']),
      }),
      containerDefinitions: () => found.get('ContainerDefinitions').items().map(containerOf),
    }),
  };
};

export const ecsAnswers: Answers = {
  describeClusters: clusters,
  describeServices: services,
  describeTaskDefinition: tasks,
};
