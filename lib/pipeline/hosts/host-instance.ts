import type { Instance } from '@aws-sdk/client-ec2';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { hostType } from './on-host.ts';

const describe = async (reader: Reader, { id }: Ref): Promise<Instance> => {
  const { Reservations } = await reader.call('ec2', 'describeInstances', { InstanceIds: [id] });
  const instance = Reservations?.[0]?.Instances?.[0];
  if (!instance) throw new Error(`DescribeInstances answered without ${id}`);
  return instance;
};
const arn = (ref: Ref) => ec2.arn('instance', ref, ref.id);

/** Whether a node is what is audited here: an instance of EC2 with Linux, and no machine of elsewhere. */
export const isHost = ({ PlatformType, ResourceType }: InstanceInformation): boolean =>
  PlatformType === 'Linux' && ResourceType === 'EC2Instance';

const reported = { actions: [], reportedBy: 'the host' } as const;

/** The Linux inside an instance that Systems Manager manages; its id is `i-…`. It is evaluated by what it prints. */
export const hostInstance = defineResourceType({
  type: hostType,
  scope: 'regional',
  securityHubType: 'AwsEc2Instance',
  live: {
    gone: ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'],
    // How long a host that has just been started is left to boot before it is asked.
    settlesAfterSeconds: 120,
    announcements: [],
    list: {
      actions: ['ssm:DescribeInstanceInformation'],
      // A page has as many as a command is sent to.
      page: async (reader, token) => {
        const { InstanceInformationList = [], NextToken } = await reader.call(
          'ssm',
          'describeInstanceInformation',
          {
            Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
            MaxResults: 50,
            ...(token === undefined ? {} : { NextToken: token }),
          },
        );
        const resources = InstanceInformationList.filter(isHost).map(({ InstanceId = '' }) => ({
          id: InstanceId,
        }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  selfReported: true,
  arn,
  about: {
    actions: ['ec2:DescribeInstances'],
    read: async (reader, ref) => {
      const { Tags = [] } = await describe(reader, ref);
      const tags = Tags.map(({ Key = '', Value = '' }) => [Key, Value]);
      return { arn: arn(ref), tags: Object.fromEntries(tags) };
    },
  },
  facets: {
    state: {
      actions: ['ec2:DescribeInstances'],
      read: async (reader, ref) => (await describe(reader, ref)).State?.Name ?? '',
    },
    /** What one audit printed of each control. */
    audit: reported,
    /** What it says that it runs. */
    system: reported,
    /** Since when no audit was answered, and for how long that is nothing to speak of. */
    answered: reported,
  },
});
