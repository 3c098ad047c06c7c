import { lazily, type Part } from '../../part.ts';
import type { Stack } from '../../stack.ts';
import { type Answer, type Answers, flagOr, ownValue } from '../answer.ts';
import { withId } from './network.ts';

const gone = 'InvalidLaunchTemplateId.NotFound';

const described: Answer = (stack, { LaunchTemplateIds }) => {
  const found = withId(stack, 'AWS::EC2::LaunchTemplate', LaunchTemplateIds, gone);
  return { LaunchTemplates: [{ LaunchTemplateId: found.physicalId }] };
};

const noAddress = 'no public address of instances but by their subnet';
/** Where nothing is said, the subnet decides whether an instance gets an address. */
const interfacesOf = (stack: Stack, data: Part) => {
  const declared = data.get('NetworkInterfaces').items();
  if (declared.length === 0)
    return ownValue(stack, noAddress, []) ?? [{ AssociatePublicIpAddress: true, DeviceIndex: 0 }];
  return declared.map((one) => ({
    AssociatePublicIpAddress: flagOr(stack, one.get('AssociatePublicIpAddress'), noAddress, false),
    DeviceIndex: one.get('DeviceIndex').number(['0', '1']) ?? 0,
  }));
};

/** Where nothing is said, the account's default for new volumes decides. */
const encryptionOf = (stack: Stack, set: Part): boolean | undefined => {
  const own = ownValue(stack, 'the encryption of volumes as the account has it', true);
  return set.flag() ?? (own === true ? undefined : false);
};

/** What a template declares is the default version of a launch template that it makes. */
const versions: Answer = (stack, { LaunchTemplateId }) => {
  const data = withId(stack, 'AWS::EC2::LaunchTemplate', LaunchTemplateId, gone).get(
    'LaunchTemplateData',
  );
  const made = lazily({
    NetworkInterfaces: () => interfacesOf(stack, data),
    BlockDeviceMappings: () =>
      data
        .get('BlockDeviceMappings')
        .items()
        .filter((one) => one.get('Ebs').isSet)
        .map((one) => ({
          DeviceName: one.get('DeviceName').name(),
          Ebs: { Encrypted: encryptionOf(stack, one.get('Ebs', 'Encrypted')) },
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
