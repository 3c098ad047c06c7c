import { ec2 } from '../../services/ec2.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** What EC2 and EBS keep for an account in a region: defaults for what is made there, and blocks of public access. */
export const ec2Region = regionWide({
  type: 'Plumbline::EC2::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: ec2.eventSource,
      calls: {
        EnableEbsEncryptionByDefault: ['ebsEncryption'],
        DisableEbsEncryptionByDefault: ['ebsEncryption'],
        EnableSnapshotBlockPublicAccess: ['snapshotBlock'],
        DisableSnapshotBlockPublicAccess: ['snapshotBlock'],
        ModifyInstanceMetadataDefaults: ['metadataDefaults'],
        EnableSerialConsoleAccess: ['serialConsole'],
        DisableSerialConsoleAccess: ['serialConsole'],
        ModifyVpcBlockPublicAccessOptions: ['vpcBlock'],
      },
      idsIn: here,
    },
  ],
  unsettled: { facet: 'vpcBlock', while: (value) => Object(value).state === 'update-in-progress' },
  facets: {
    /** Whether new volumes and copies of snapshots are encrypted without being asked. */
    ebsEncryption: {
      actions: ['ec2:GetEbsEncryptionByDefault'],
      read: async (reader) => ({
        byDefault:
          (await reader.call('ec2', 'getEbsEncryptionByDefault', {})).EbsEncryptionByDefault ??
          false,
      }),
    },
    /** `managedBy` is `declarative-policy` where the organization decides, and the account cannot. */
    snapshotBlock: {
      actions: ['ec2:GetSnapshotBlockPublicAccessState'],
      read: async (reader) => {
        const { State, ManagedBy } = await reader.call(
          'ec2',
          'getSnapshotBlockPublicAccessState',
          {},
        );
        return { state: State, managedBy: ManagedBy };
      },
    },
    /** What the metadata service of a new instance is like where its launch does not say; nothing that is not set. */
    metadataDefaults: {
      actions: ['ec2:GetInstanceMetadataDefaults'],
      read: async (reader) => {
        const { AccountLevel } = await reader.call('ec2', 'getInstanceMetadataDefaults', {});
        return { httpTokens: AccountLevel?.HttpTokens, managedBy: AccountLevel?.ManagedBy };
      },
    },
    serialConsole: {
      actions: ['ec2:GetSerialConsoleAccessStatus'],
      read: async (reader) => {
        const { SerialConsoleAccessEnabled, ManagedBy } = await reader.call(
          'ec2',
          'getSerialConsoleAccessStatus',
          {},
        );
        return { isEnabled: SerialConsoleAccessEnabled ?? false, managedBy: ManagedBy };
      },
    },
    /** Whether VPCs of the region are kept from internet gateways. */
    vpcBlock: {
      actions: ['ec2:DescribeVpcBlockPublicAccessOptions'],
      read: async (reader) => {
        const { VpcBlockPublicAccessOptions: options } = await reader.call(
          'ec2',
          'describeVpcBlockPublicAccessOptions',
          {},
        );
        return {
          mode: options?.InternetGatewayBlockMode,
          state: options?.State,
          managedBy: options?.ManagedBy,
        };
      },
    },
  },
});
