import { lazily } from '../part.ts';
import type { Answer, Answers } from './answer.ts';
import { withId } from './ec2-network.ts';

const gone = 'InvalidLaunchTemplateId.NotFound';

const described: Answer = (stack, { LaunchTemplateIds }) => {
  const found = withId(stack, 'AWS::EC2::LaunchTemplate', LaunchTemplateIds, gone);
  return { LaunchTemplates: [{ LaunchTemplateId: found.physicalId }] };
};

/** What a template declares is the default version of a launch template that it makes. */
const versions: Answer = (stack, { LaunchTemplateId }) => {
  const data = withId(stack, 'AWS::EC2::LaunchTemplate', LaunchTemplateId, gone).get(
    'LaunchTemplateData',
  );
  const made = lazily({
    NetworkInterfaces: () =>
      data
        .get('NetworkInterfaces')
        .items()
        .map((one) => ({
          AssociatePublicIpAddress: one.get('AssociatePublicIpAddress').flag(),
          DeviceIndex: one.get('DeviceIndex').number(['0', '1']) ?? 0,
        })),
    BlockDeviceMappings: () =>
      data
        .get('BlockDeviceMappings')
        .items()
        .filter((one) => one.get('Ebs').isSet)
        .map((one) => ({
          DeviceName: one.get('DeviceName').name(),
          Ebs: { Encrypted: one.get('Ebs', 'Encrypted').flag() },
        })),
    MetadataOptions: () => ({
      HttpTokens: data.get('MetadataOptions', 'HttpTokens').text(['optional', 'required']),
    }),
  });
  return { LaunchTemplateVersions: [{ LaunchTemplateId, LaunchTemplateData: made }] };
};

export const launchAnswers: Answers = {
  describeLaunchTemplates: described,
  describeLaunchTemplateVersions: versions,
};
