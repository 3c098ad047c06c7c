import type { Workgroup } from '@aws-sdk/client-redshift-serverless';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { redshiftserverless } from '../../services/redshiftserverless.ts';
import { lowerCaseTagsIn, only } from '../described.ts';
import { named } from '../ids.ts';

const gone = 'ResourceNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Workgroup> => {
  const asked = { workgroupName: id };
  const { workgroup } = await reader.call('redshiftserverless', 'getWorkgroup', asked);
  return only(workgroup && [workgroup], gone);
};

const shown = (workgroup: Workgroup) => ({
  status: workgroup.status,
  isPublic: workgroup.publiclyAccessible,
  routesInVpc: workgroup.enhancedVpcRouting,
  /** `true` or `false`, as the parameter `require_ssl` says. */
  requiresTls: workgroup.configParameters?.find((one) => one.parameterKey === 'require_ssl')
    ?.parameterValue,
});

const isChanging = (value: unknown): boolean =>
  /^(CREATING|MODIFYING|DELETING)$/.test(String(Object(value).status));

/** A workgroup of Redshift Serverless; its id is its name. */
export const redshiftServerlessWorkgroup = defineResourceType({
  type: 'AWS::RedshiftServerless::Workgroup',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'workgroup', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: redshiftserverless.eventSource,
        calls: {
          CreateWorkgroup: 'created',
          UpdateWorkgroup: ['workgroup'],
          DeleteWorkgroup: 'deleted',
        },
        idsIn: named({ request: ['workgroupName'] }),
      },
    ],
    list: {
      actions: ['redshift-serverless:ListWorkgroups'],
      hasInterface: true,
      page: async (reader, token) => {
        const { workgroups = [], nextToken } = await reader.call(
          'redshiftserverless',
          'listWorkgroups',
          { maxResults: 100, ...(token === undefined ? {} : { nextToken: token }) },
        );
        return {
          resources: workgroups.flatMap((one) =>
            one.workgroupName ? [{ id: one.workgroupName, facets: { workgroup: shown(one) } }] : [],
          ),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  about: {
    actions: ['redshift-serverless:GetWorkgroup', 'redshift-serverless:ListTagsForResource'],
    read: async (reader, ref) => {
      const { workgroupArn: arn = '' } = await describe(reader, ref);
      const asked = { resourceArn: arn };
      const { tags } = await reader.call('redshiftserverless', 'listTagsForResource', asked);
      return { arn, tags: lowerCaseTagsIn(tags) };
    },
  },
  facets: {
    workgroup: {
      actions: ['redshift-serverless:GetWorkgroup'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), status: undefined }),
    },
  },
});
