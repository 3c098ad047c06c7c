import type { LaunchTemplate, ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('launch-template', ref, ref.id);
const gone = 'InvalidLaunchTemplateId.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<LaunchTemplate> => {
  const { LaunchTemplates } = await reader.call('ec2', 'describeLaunchTemplates', {
    LaunchTemplateIds: [id],
  });
  return only(LaunchTemplates, gone);
};

/** What verdicts need of a version; never its user data, which people put passwords into. */
const shown = ({ NetworkInterfaces = [], MetadataOptions }: ResponseLaunchTemplateData) => ({
  /** Which of its interfaces get a public address, by their index on the instance. */
  publicInterfaces: NetworkInterfaces.flatMap(({ AssociatePublicIpAddress, DeviceIndex = 0 }) =>
    AssociatePublicIpAddress ? [DeviceIndex] : [],
  ),
  httpTokens: MetadataOptions?.HttpTokens,
});

/** The volumes that it says something of; `undefined` where a volume is encrypted as the account or its snapshot says. */
const volumesIn = ({ BlockDeviceMappings = [] }: ResponseLaunchTemplateData) =>
  BlockDeviceMappings.flatMap(({ DeviceName, Ebs }) =>
    Ebs ? [{ device: DeviceName, isEncrypted: Ebs.Encrypted }] : [],
  );

const readDefault = async (reader: Reader, { id }: Ref): Promise<ResponseLaunchTemplateData> => {
  const { LaunchTemplateVersions } = await reader.call('ec2', 'describeLaunchTemplateVersions', {
    LaunchTemplateId: id,
    Versions: ['$Default'],
  });
  return only(LaunchTemplateVersions, gone).LaunchTemplateData ?? {};
};

const templateId = (text: string) => (/^lt-\w+$/.test(text) ? text : undefined);

/** A launch template, evaluated by its default version; its id is `lt-…`. */
export const launchTemplate = defineResourceType({
  type: 'AWS::EC2::LaunchTemplate',
  scope: 'regional',
  securityHubType: 'AwsEc2LaunchTemplate',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidLaunchTemplateId.Malformed'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        // A call can name the template by its name; the answer has the id.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          CreateLaunchTemplate: 'created',
          CreateLaunchTemplateVersion: ['defaultVersion', 'volumes'],
          ModifyLaunchTemplate: ['defaultVersion', 'volumes'],
          DeleteLaunchTemplate: 'deleted',
        },
        idsIn: named({
          request: ['launchTemplateId'],
          response: ['launchTemplate.launchTemplateId', 'launchTemplateVersion.launchTemplateId'],
          idOf: templateId,
        }),
      },
    ],
    list: {
      actions: ['ec2:DescribeLaunchTemplates'],
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeLaunchTemplates', {
          MaxResults: 200,
          ...after(token),
        });
        return pageOf(reader, page, page.LaunchTemplates, {
          arn,
          shown: (one) => ({ id: one.LaunchTemplateId ?? '' }),
        });
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeLaunchTemplates'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    /** What a launch gets that names no version. */
    defaultVersion: {
      actions: ['ec2:DescribeLaunchTemplateVersions'],
      read: async (reader, ref) => shown(await readDefault(reader, ref)),
    },
    volumes: {
      actions: ['ec2:DescribeLaunchTemplateVersions'],
      read: async (reader, ref) => volumesIn(await readDefault(reader, ref)),
    },
  },
});
