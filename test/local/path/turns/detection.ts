import type { ResourceScanType } from '@aws-sdk/client-inspector2';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, region, type Turn } from './turn.ts';

/** Inspector scans a kind of resource, or does not, in a region. */
const scanning = (control: string, kind: ResourceScanType): Turn => {
  const asked = { accountIds: [account], resourceTypes: [kind] };
  const enable = async (clients: Clients) => (await clients('inspector2')).enable(asked);
  return {
    control,
    type: 'Plumbline::Inspector::Region',
    make: async (clients) => {
      await enable(clients);
      return region;
    },
    wrong: async (clients) => (await clients('inspector2')).disable(asked),
    right: enable,
  };
};

const runtimes = async (clients: Clients, Status: 'ENABLED' | 'DISABLED') => {
  const guardduty = await clients('guardduty');
  const { DetectorIds: [found] = [] } = await guardduty.listDetectors();
  const DetectorId = found ?? (await guardduty.createDetector({ Enable: true })).DetectorId;
  await guardduty.updateDetector({
    ...{ DetectorId, Enable: true },
    Features: [
      {
        ...{ Name: 'RUNTIME_MONITORING', Status },
        AdditionalConfiguration: [{ Name: 'EKS_ADDON_MANAGEMENT', Status }],
      },
    ],
  });
};

export const detectionTurns: readonly Turn[] = [
  scanning('Inspector.1', 'EC2'),
  scanning('Inspector.3', 'LAMBDA_CODE'),
  scanning('Inspector.4', 'LAMBDA'),
  {
    control: 'GuardDuty.7',
    type: 'Plumbline::GuardDuty::Region',
    make: async (clients) => {
      await runtimes(clients, 'ENABLED');
      return region;
    },
    wrong: (clients) => runtimes(clients, 'DISABLED'),
    right: (clients) => runtimes(clients, 'ENABLED'),
  },
];
