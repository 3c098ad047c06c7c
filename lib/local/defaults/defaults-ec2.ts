import { okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/record.ts';

type Answers = Readonly<Record<string, (call: DecodedCall) => Fields>>;
const ManagedBy = 'account';

/** Settings of an account in a region that moto does not have, as they are until somebody changes them. */
export const regionSettings = (): Before => {
  const answers = {
    ...snapshotBlock(),
    ...imageBlock(),
    ...metadataDefaults(),
    ...serialConsole(),
    ...vpcBlock(),
  };
  return (call) => {
    const answer = call.service === 'ec2' ? answers[call.operation] : undefined;
    return answer && okAnswer(call, answer(call));
  };
};

// https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html: not enabled until somebody does.
const snapshotBlock = (): Answers => {
  const blocks = new Map<string, unknown>();
  return {
    GetSnapshotBlockPublicAccessState: ({ region }) => ({
      State: blocks.get(region) ?? 'unblocked',
      ManagedBy,
    }),
    EnableSnapshotBlockPublicAccess: ({ region, input }) => {
      blocks.set(region, input['State']);
      return { State: input['State'] };
    },
    DisableSnapshotBlockPublicAccess: ({ region }) => {
      blocks.delete(region);
      return { State: 'unblocked' };
    },
  };
};

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html: on for every account that had no
// public image when it came, in October 2023. A change shows at once here.
const imageBlock = (): Answers => {
  const open = new Set<string>();
  return {
    GetImageBlockPublicAccessState: ({ region }) => ({
      ImageBlockPublicAccessState: open.has(region) ? 'unblocked' : 'block-new-sharing',
      ManagedBy,
    }),
    EnableImageBlockPublicAccess: ({ region }) => {
      open.delete(region);
      return { ImageBlockPublicAccessState: 'block-new-sharing' };
    },
    DisableImageBlockPublicAccess: ({ region }) => {
      open.add(region);
      return { ImageBlockPublicAccessState: 'unblocked' };
    },
  };
};

/** A member that is given as `no-preference` is one that is not set. */
const metadataDefaults = (): Answers => {
  const defaults = new Map<string, Fields>();
  return {
    GetInstanceMetadataDefaults: ({ region }) => ({
      AccountLevel: { ...defaults.get(region), ManagedBy },
    }),
    ModifyInstanceMetadataDefaults: ({ region, input }) => {
      const given = Object.entries({ ...defaults.get(region), ...input });
      defaults.set(
        region,
        Object.fromEntries(given.filter(([, value]) => value !== 'no-preference' && value !== -1)),
      );
      return { Return: true };
    },
  };
};

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html: off by default.
const serialConsole = (): Answers => {
  const open = new Set<string>();
  const shown = (region: string) => ({ SerialConsoleAccessEnabled: open.has(region) });
  return {
    GetSerialConsoleAccessStatus: ({ region }) => ({ ...shown(region), ManagedBy }),
    EnableSerialConsoleAccess: ({ region }) => {
      open.add(region);
      return shown(region);
    },
    DisableSerialConsoleAccess: ({ region }) => {
      open.delete(region);
      return shown(region);
    },
  };
};

// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html: off by default.
const vpcBlock = (): Answers => {
  const modes = new Map<string, unknown>();
  const shown = ({ region }: DecodedCall) => ({
    VpcBlockPublicAccessOptions: {
      AwsRegion: region,
      State: modes.has(region) ? 'update-complete' : 'default-state',
      InternetGatewayBlockMode: modes.get(region) ?? 'off',
      ManagedBy,
      ExclusionsAllowed: 'allowed',
    },
  });
  return {
    DescribeVpcBlockPublicAccessOptions: shown,
    ModifyVpcBlockPublicAccessOptions: (call) => {
      modes.set(call.region, call.input['InternetGatewayBlockMode']);
      return shown(call);
    },
  };
};
