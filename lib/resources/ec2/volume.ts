import type { Volume } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('volume', ref, ref.id);
const gone = 'InvalidVolume.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<Volume> =>
  only((await reader.call('ec2', 'describeVolumes', { VolumeIds: [id] })).Volumes, gone);

const shown = ({ Encrypted, State, Attachments = [] }: Volume) => ({
  isEncrypted: Encrypted ?? false,
  state: State,
  /** The instances that it is attached to. */
  instances: Attachments.flatMap(({ InstanceId }) => InstanceId ?? []),
});

const volumeId = (text: string) => (/^vol-\w+$/.test(text) ? text : undefined);

/** An EBS volume; its id is `vol-…`. One that a launch makes is announced by no call: the sweep finds it. */
export const volume = defineResourceType({
  type: 'AWS::EC2::Volume',
  scope: 'regional',
  securityHubType: 'AwsEc2Volume',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidVolumeID.Malformed'],
    settlesAfterSeconds: 30,
    unsettled: {
      facet: 'volume',
      while: (value) => ['creating', 'deleting'].includes(Object(value).state),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { AttachVolume: ['volume'], DetachVolume: ['volume'], DeleteVolume: 'deleted' },
        idsIn: named({ request: ['volumeId'], idOf: volumeId }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateVolume: 'created' },
        idsIn: named({ response: ['volumeId'], idOf: volumeId }),
      },
    ],
    list: {
      actions: ['ec2:DescribeVolumes'],
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeVolumes', {
          MaxResults: 500,
          ...after(token),
        });
        return pageOf(reader, page, page.Volumes, {
          arn,
          shown: (one) => ({ id: one.VolumeId ?? '', facets: { volume: shown(one) } }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeVolumes'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    volume: {
      actions: ['ec2:DescribeVolumes'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
  },
});
