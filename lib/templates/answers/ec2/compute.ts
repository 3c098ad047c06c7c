import { Unresolved } from '../../../model/unresolved.ts';
import { asRecord, list, text } from '../../../support/untyped.ts';
import { Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import { accountKeys, settingHere } from '../account.ts';
import { type Answer, type Answers, eachOf, flagOr } from '../answer.ts';
import { idIn, noAddressOfNewSubnets, withId } from './network.ts';

/** What is not declared can be either. */
const either = (stack: Stack, id: string, why: string): boolean =>
  eachOf(stack, why, [false, true], { id });

const elsewhere = 'the launch template, which is not in the template';

/** What the account answers; `undefined` where it does not, or is not asked. */
const answered = (stack: Stack, operation: string, input: Readonly<Record<string, unknown>>) => {
  try {
    return stack.read('ec2', operation, input);
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
};

/** The version of a launch template of the account, in the shape that a template declares one in. */
const liveTemplate = (stack: Stack, launch: Part): unknown => {
  const id = launch.get('LaunchTemplateId').name();
  const name = launch.get('LaunchTemplateName').name();
  const version = launch.get('Version').name() ?? '$Default';
  if (`${id ?? name}${version}`.includes('<')) return undefined;
  const found = answered(stack, 'describeLaunchTemplateVersions', {
    ...(id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id }),
    Versions: [version],
  });
  return asRecord(list(found?.['LaunchTemplateVersions'])[0])['LaunchTemplateData'];
};

/** The launch template that an instance names, where it is here. */
const launchTemplateOf = (stack: Stack, launch: Part): Resource | undefined => {
  const names = ['LaunchTemplateId', 'LaunchTemplateName'].flatMap(
    (name) => launch.get(name).name() ?? [],
  );
  return stack
    .all('AWS::EC2::LaunchTemplate')
    .find(
      (one) =>
        names.includes(one.physicalId) ||
        names.includes(one.get('LaunchTemplateName').name() ?? ''),
    );
};

/** The settings of an instance, its own before those of its launch template; `undefined` where that one is elsewhere. */
const settingsOf = (stack: Stack, instance: Resource): readonly Part[] | undefined => {
  const launch = instance.get('LaunchTemplate');
  if (!launch.isSet) return [instance.properties];
  const found = launchTemplateOf(stack, launch);
  if (found) return [instance.properties, found.get('LaunchTemplateData')];
  const live = liveTemplate(stack, launch);
  return live === undefined
    ? undefined
    : [instance.properties, new Part(live, instance.properties.scope)];
};

const firstSet = (all: readonly Part[], ...path: readonly string[]): Part | undefined =>
  all.map((one) => one.get(...path)).find((part) => part.isSet);

const tokens = ['optional', 'required'];
const tokensOf = (stack: Stack, instance: Resource): string => {
  const settings = settingsOf(stack, instance);
  const id = `${instance.declared.logicalId} HttpTokens`;
  if (!settings) return either(stack, id, elsewhere) ? 'required' : 'optional';
  const set = firstSet(settings, 'MetadataOptions', 'HttpTokens');
  // Else what the image or the account asks for decides, and most ask for nothing.
  return set?.text(tokens) ?? tokensByDefault(stack, id);
};
/** What the account asks for where nobody says it. */
const tokensByDefault = (stack: Stack, id: string): string => {
  // Terraform makes both at once, unless somebody says which comes first.
  const together = settingHere(stack, accountKeys.metadata)?.get('HttpTokens').text(tokens);
  if (together === 'required')
    return either(stack, id, 'which is made first, the instance or the defaults of the region')
      ? 'required'
      : 'optional';
  if (!stack.template.live) return 'optional';
  const found = answered(stack, 'getInstanceMetadataDefaults', {});
  if (found) return text(asRecord(found['AccountLevel'])['HttpTokens']) ?? 'optional';
  return either(stack, id, 'the defaults of the account, which could not be read')
    ? 'required'
    : 'optional';
};

const hasProfile = (stack: Stack, instance: Resource): boolean => {
  const settings = settingsOf(stack, instance);
  return settings
    ? firstSet(settings, 'IamInstanceProfile') !== undefined
    : either(stack, `${instance.declared.logicalId} IamInstanceProfile`, elsewhere);
};

const liveSubnet = (stack: Stack, id: string | undefined) => {
  if (id === undefined || id.includes('<')) return undefined;
  const found = answered(stack, 'describeSubnets', { SubnetIds: [id] });
  const [subnet] = list(found?.['Subnets']);
  return subnet === undefined ? undefined : asRecord(subnet);
};

const attachedTo = (stack: Stack, instance: Resource) =>
  stack.leadingTo([instance.physicalId], 'InstanceId', 'AWS::EC2::NetworkInterfaceAttachment');

/** Whether one of its network interfaces, which are declared by themselves, is given an address. */
const hasAddressOfInterface = (stack: Stack, instance: Resource): boolean => {
  const attached = attachedTo(stack, instance);
  const own = instance.get('NetworkInterfaces').texts();
  const ids = [...own, ...attached].flatMap((one) => one.get('NetworkInterfaceId').name() ?? []);
  // Terraform has a name for the one that the launch makes.
  const first = `<${instance.declared.logicalId}.primary_network_interface_id>`;
  const types = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'];
  return stack.leadingTo([...ids, first], 'NetworkInterfaceId', ...types).length > 0;
};

const isPublic = (stack: Stack, instance: Resource): boolean => {
  const addresses = stack.leadingTo(
    [instance.physicalId],
    'InstanceId',
    'AWS::EC2::EIP',
    'AWS::EC2::EIPAssociation',
  );
  if (addresses.length > 0 || hasAddressOfInterface(stack, instance)) return true;
  const id = `${instance.declared.logicalId} address`;
  const settings = settingsOf(stack, instance);
  if (!settings) return either(stack, id, elsewhere);
  const interfaces = firstSet(settings, 'NetworkInterfaces')?.items() ?? [];
  const asked = interfaces
    .map((one) => one.get('AssociatePublicIpAddress'))
    .filter((part) => part.isSet);
  if (asked.length > 0) return asked.some((part) => part.flag() === true);
  // An instance with several interfaces gets none, whatever its subnet gives; one that is there already may have one.
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-launch-template.html
  if (interfaces.length > 1 && !interfaces.some((one) => one.get('NetworkInterfaceId').isSet))
    return false;
  const subnetId = (
    firstSet([...interfaces, ...settings], 'SubnetId') ?? instance.get('SubnetId')
  ).name();
  const subnet = stack.find(['AWS::EC2::Subnet'], (one) => one.physicalId === subnetId);
  if (subnet) return flagOr(stack, subnet.get('MapPublicIpOnLaunch'), noAddressOfNewSubnets, false);
  const live = liveSubnet(stack, subnetId);
  if (live) return live['MapPublicIpOnLaunch'] === true;
  return either(stack, id, 'the subnet, which decides whether an instance gets a public address');
};

/** Its first one is there whatever is written; more are written, attached, or in its launch template. */
const interfacesOf = (stack: Stack, instance: Resource) => {
  const settings = settingsOf(stack, instance);
  const written = settings
    ? (firstSet(settings, 'NetworkInterfaces')?.items().length ?? 1)
    : // It may name several.
      Number(either(stack, `${instance.declared.logicalId} NetworkInterfaces`, elsewhere)) + 1;
  const attached = attachedTo(stack, instance).length;
  return Array.from({ length: Math.max(written, 1) + attached }, (_, index) => ({
    NetworkInterfaceId: `interface ${index}`,
  }));
};

const instances: Answer = (stack, { InstanceIds }) => {
  const found = withId(stack, 'AWS::EC2::Instance', InstanceIds, 'InvalidInstanceID.NotFound');
  return {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: found.physicalId,
            State: { Name: 'running' },
            ...(isPublic(stack, found) ? { PublicIpAddress: 'an address of AWS' } : {}),
            NetworkInterfaces: interfacesOf(stack, found),
            ...(hasProfile(stack, found) ? { IamInstanceProfile: {} } : {}),
            MetadataOptions: { State: 'applied', HttpTokens: tokensOf(stack, found) },
          },
        ],
      },
    ],
  };
};

/**
 * @param name tells the volume apart
 * @param source what it is a copy of, whose encryption it takes over
 */
const isEncrypted = (
  stack: Stack,
  volume: Pick<Part, 'get'>,
  name: string,
  source?: string,
): boolean => {
  const set = volume.get('Encrypted');
  if (set.isSet) return set.flag() === true;
  const isByDefault = stack.read('ec2', 'getEbsEncryptionByDefault', {});
  if (isByDefault?.['EbsEncryptionByDefault'] === true) return true;
  const copied = volume.get('SnapshotId').isSet ? 'snapshot' : source;
  return (
    copied !== undefined && either(stack, `${name} Encrypted`, `the encryption of the ${copied}`)
  );
};

/**
 * The devices of the root volume, which is a copy of the image's; Terraform names none for it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
 */
const rootDevices: readonly (string | undefined)[] = [undefined, '/dev/sda1', '/dev/xvda'];

interface Launched {
  readonly isEncrypted: boolean;
  readonly device: string | undefined;
  /** Where it says so. */
  readonly path: readonly (string | number)[];
  readonly isOfTemplate: boolean;
}
/** The volumes that block device mappings make. */
const launchedIn = (stack: Stack, all: Part, instance: Resource, of: string): readonly Launched[] =>
  all
    .get('BlockDeviceMappings')
    .items()
    .flatMap((mapping, index) => {
      const ebs = mapping.get('Ebs');
      if (!ebs.isSet) return [];
      const device = mapping.get('DeviceName').name();
      const image = rootDevices.includes(device) ? 'image' : undefined;
      const name = `${instance.declared.logicalId} ${of}${index}`;
      const isOfTemplate = of !== '';
      const path = [
        ...(isOfTemplate ? ['LaunchTemplateData'] : []),
        ...['BlockDeviceMappings', index, 'Ebs', 'Encrypted'],
      ];
      return [{ isEncrypted: isEncrypted(stack, ebs, name, image), device, path, isOfTemplate }];
    });
/** The volumes that a launch of an instance makes, as its block device mappings and those of its launch template have them. */
const launchedBy = (stack: Stack, instance: Resource): readonly Launched[] => {
  const own = launchedIn(stack, instance.properties, instance, '');
  const [, data] = settingsOf(stack, instance) ?? [];
  const added = data === undefined ? [] : launchedIn(stack, data, instance, 'template ');
  const devices = own.map((one) => one.device);
  const others = added.filter((one) => !devices.includes(one.device));
  if (own.length === 0 || others.every((one) => one.isEncrypted)) return [...own, ...others];
  // "Any additional parameters that you specify overwrite the corresponding parameters": of the mappings all, or one each.
  const why = 'whether the mappings of the launch template stay beside those of the instance';
  return either(stack, `${instance.declared.logicalId} mappings`, why) ? own : [...own, ...others];
};
/** The id by which all volumes are evaluated that a launch of an instance makes. */
export const launchedVolumesOf = ({ physicalId }: Resource): string =>
  `the volumes of ${physicalId}`;
/** Where the first of them that is not encrypted says so. */
export const unencryptedLaunch = (stack: Stack, instance: Resource) => {
  const found = launchedBy(stack, instance).find((one) => !one.isEncrypted);
  if (!found) return undefined;
  const template = launchTemplateOf(stack, instance.get('LaunchTemplate'));
  const { declared } = (found.isOfTemplate ? template : undefined) ?? instance;
  return { declared, path: found.isOfTemplate && !template ? [] : found.path };
};
/** An instance without any has none that is attached. */
const allLaunchedBy = (stack: Stack, instance: Resource) => {
  const launched = launchedBy(stack, instance);
  return {
    VolumeId: launchedVolumesOf(instance),
    State: 'in-use',
    get Encrypted() {
      if (launched.some((one) => !one.isEncrypted)) return false;
      if (settingsOf(stack, instance)) return true;
      return either(stack, `${instance.declared.logicalId} launch`, elsewhere);
    },
    Attachments: launched.length === 0 ? [] : [{ InstanceId: instance.physicalId }],
  };
};

/** One that the template attaches to nothing is attached by somebody, or is of no use. */
const attachmentsOf = (stack: Stack, volume: Resource): readonly { InstanceId: string }[] => {
  const attached = stack.leadingTo([volume.physicalId], 'VolumeId', 'AWS::EC2::VolumeAttachment');
  if (attached.length > 0)
    return attached.map((one) => ({ InstanceId: one.get('InstanceId').name() ?? '' }));
  const isAttached = stack.world.choose({
    id: `${volume.declared.logicalId} is attached`,
    kind: 'allowed',
    values: [true, false],
    say: (value) => (value === true ? 'an instance has it' : 'no instance has it'),
  });
  return isAttached === true ? [{ InstanceId: 'an instance' }] : [];
};

const volumes: Answer = (stack, { VolumeIds }) => {
  const id = idIn(VolumeIds);
  const instance = stack.find(['AWS::EC2::Instance'], (one) => launchedVolumesOf(one) === id);
  if (instance) return { Volumes: [allLaunchedBy(stack, instance)] };
  const found = withId(stack, 'AWS::EC2::Volume', VolumeIds, 'InvalidVolume.NotFound');
  return {
    Volumes: [
      {
        VolumeId: found.physicalId,
        State: 'in-use',
        Encrypted: isEncrypted(stack, found, found.declared.logicalId),
        Attachments: attachmentsOf(stack, found),
      },
    ],
  };
};

export const computeAnswers: Answers = { describeInstances: instances, describeVolumes: volumes };
