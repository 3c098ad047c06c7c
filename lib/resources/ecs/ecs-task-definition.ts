import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ecs } from '../../services/ecs.ts';
import { isRootUser } from '../../support/root-user.ts';
import { lowerCaseTagsIn, only } from '../described.ts';
import { named } from '../ids.ts';

const gone = 'TaskDefinitionNotFound';

/** A family without an active revision is answered with ECS's error for all that is wrong with a request. */
const asGone = (error: unknown): never => {
  const { name, message } = Object(error);
  if (name === 'ClientException' && /unable to describe task definition/i.test(message))
    throw Object.assign(new Error(message), { name: gone });
  throw error;
};

const describe = async (reader: Reader, { id }: Ref) => {
  const { taskDefinition, tags } = await reader
    .call('ecs', 'describeTaskDefinition', { taskDefinition: id, include: ['TAGS'] })
    .catch(asGone);
  const isThere = taskDefinition && taskDefinition.status !== 'INACTIVE';
  return { task: only(isThere ? [taskDefinition] : [], gone), tags };
};

/** Of its variables their names, and never their values; of its command nothing. */
const containerOf = (one: ContainerDefinition) => ({
  name: one.name,
  isPrivileged: one.privileged ?? false,
  /** `image` where nothing is said: what the image was built with decides, which is root by default. */
  user: one.user
    ? isRootUser(one.user)
      ? ('root' as const)
      : ('other' as const)
    : ('image' as const),
  hasReadOnlyRoot: one.readonlyRootFilesystem ?? false,
  logDriver: one.logConfiguration?.logDriver,
  variables: (one.environment ?? []).flatMap(({ name }) => name ?? []).toSorted(),
});

const shown = (task: TaskDefinition) => ({
  os: /^windows/i.test(task.runtimePlatform?.operatingSystemFamily ?? '')
    ? ('windows' as const)
    : ('linux' as const),
  networkMode: task.networkMode,
  pidMode: task.pidMode,
  containers: (task.containerDefinitions ?? []).map(containerOf),
});

/** The family in a family, a revision of it, or the ARN of one. */
const familyIn = (text: string): string | undefined =>
  /^(?:arn:[^:]+:ecs:[^:]*:\d{12}:task-definition\/)?([\w-]+)(?::\d+)?$/.exec(text)?.[1];

/** That of the family: a finding of a revision would stay as it was once the next one is there. */
const arn = (ref: Ref) => ecs.arn('task-definition', ref, ref.id).replace(/:\*$/, '');

/** A family of task definitions, evaluated by its latest active revision, which a service gets that names none. */
export const ecsTaskDefinition = defineResourceType({
  type: 'AWS::ECS::TaskDefinition',
  scope: 'regional',
  securityHubType: 'AwsEcsTaskDefinition',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: ecs.eventSource,
        // Where a revision goes, the one before it is the latest again.
        calls: { RegisterTaskDefinition: ['task'], DeregisterTaskDefinition: ['task'] },
        idsIn: named({
          request: ['family', 'taskDefinition'],
          response: ['taskDefinition.family'],
          idOf: familyIn,
        }),
      },
    ],
    list: {
      actions: ['ecs:ListTaskDefinitionFamilies'],
      page: async (reader, token) => {
        const { families = [], nextToken } = await reader.call(
          'ecs',
          'listTaskDefinitionFamilies',
          { status: 'ACTIVE', ...(token === undefined ? {} : { nextToken: token }) },
        );
        return {
          resources: families.map((id) => ({ id })),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['ecs:DescribeTaskDefinition'],
    read: async (reader, ref) => {
      const { tags } = await describe(reader, ref);
      return { arn: arn(ref), tags: lowerCaseTagsIn(tags) };
    },
  },
  facets: {
    task: {
      actions: ['ecs:DescribeTaskDefinition'],
      read: async (reader, ref) => shown((await describe(reader, ref)).task),
    },
  },
});
