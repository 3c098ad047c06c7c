import { okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import { account } from '../local-aws-clients.ts';

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
    ...vpcExclusions(),
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

// What VPC Block Public Access leaves open: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessExclusion.html
const vpcExclusions = (): Answers => {
  const kept = new Map<string, Fields>();
  const change = ({ region, input }: DecodedCall, state: string, given: Fields) => {
    const id = String(input['ExclusionId']);
    const exclusion = { ...kept.get(`${region} ${id}`), ...given, State: state };
    return { id, exclusion, answer: { VpcBlockPublicAccessExclusion: exclusion } };
  };
  return {
    DescribeVpcBlockPublicAccessExclusions: ({ region }) => ({
      VpcBlockPublicAccessExclusions: [...kept]
        .filter(([key]) => key.startsWith(`${region} `))
        .map(([, exclusion]) => exclusion),
    }),
    CreateVpcBlockPublicAccessExclusion: ({ region, input }) => {
      const { SubnetId, VpcId, InternetGatewayExclusionMode } = input;
      const ExclusionId = `vpcbpa-exclude-${(kept.size + 1).toString(16).padStart(17, '0')}`;
      const what = SubnetId === undefined ? `vpc/${VpcId}` : `subnet/${SubnetId}`;
      const exclusion = {
        ...{ ExclusionId, InternetGatewayExclusionMode, State: 'create-complete' },
        ResourceArn: `arn:aws:ec2:${region}:${account}:${what}`,
      };
      kept.set(`${region} ${ExclusionId}`, exclusion);
      return { VpcBlockPublicAccessExclusion: exclusion };
    },
    ModifyVpcBlockPublicAccessExclusion: (call) => {
      const { InternetGatewayExclusionMode } = call.input;
      const { id, exclusion, answer } = change(call, 'update-complete', {
        InternetGatewayExclusionMode,
      });
      kept.set(`${call.region} ${id}`, exclusion);
      return answer;
    },
    DeleteVpcBlockPublicAccessExclusion: (call) => {
      const { id, answer } = change(call, 'delete-complete', {});
      kept.delete(`${call.region} ${id}`);
      return answer;
    },
  };
};
