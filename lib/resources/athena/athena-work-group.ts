import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { athena } from '../../services/athena.ts';
import { tagsIn } from '../described.ts';
import { gathered } from '../gathered.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => athena.arn('workgroup', ref, ref.id);
const gone = 'WorkGroupNotFound';

/**
 * Athena refuses what is wrong with a request by one code: only the text says that there is no such workgroup.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_GetWorkGroup.html
 */
const orGone = (error: unknown): never => {
  const { name, message } = Object(error);
  if (name === 'InvalidRequestException' && /not found/i.test(message))
    throw Object.assign(new Error(message), { name: gone });
  throw error;
};

/** A workgroup of Athena; its id is its name. Each account has one named `primary` in each region, which nobody can delete. */
export const athenaWorkGroup = defineResourceType({
  type: 'AWS::Athena::WorkGroup',
  scope: 'regional',
  securityHubType: 'AwsAthenaWorkGroup',
  live: {
    gone: [gone, 'ResourceNotFoundException'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: athena.eventSource,
        calls: {
          CreateWorkGroup: 'created',
          UpdateWorkGroup: ['workGroup'],
          DeleteWorkGroup: 'deleted',
        },
        // Whoever makes one calls it `name`.
        idsIn: named({ request: ['workGroup', 'name'] }),
      },
    ],
    list: {
      actions: ['athena:ListWorkGroups'],
      page: async (reader, token) => {
        const { WorkGroups = [], NextToken } = await reader.call('athena', 'listWorkGroups', {
          MaxResults: 50,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return {
          resources: WorkGroups.flatMap(({ Name: id }) => (id ? [{ id }] : [])),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['athena:ListTagsForResource'],
    read: async (reader, ref) => {
      const pages = reader.pages('athena', 'listTagsForResource', { ResourceARN: arn(ref) });
      return { arn: arn(ref), tags: tagsIn(await gathered(pages, ({ Tags }) => Tags)) };
    },
  },
  facets: {
    workGroup: {
      actions: ['athena:GetWorkGroup'],
      read: async (reader, { id }) => {
        const asked = { WorkGroup: id };
        const { WorkGroup } = await reader.call('athena', 'getWorkGroup', asked).catch(orGone);
        return {
          /** Whether its queries' metrics go to CloudWatch. Not so unless somebody said it; the console says it. */
          publishesMetrics: WorkGroup?.Configuration?.PublishCloudWatchMetricsEnabled ?? false,
        };
      },
    },
  },
});
