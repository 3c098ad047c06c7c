import type { DetectorAdditionalConfiguration } from '@aws-sdk/client-guardduty';
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

/** GuardDuty watches what runs, and sets its agents up by itself on one kind of it. */
const agents = (control: string, Name: DetectorAdditionalConfiguration['Name']): Turn => {
  const set = async (clients: Clients, Status: 'ENABLED' | 'DISABLED') => {
    const guardduty = await clients('guardduty');
    const { DetectorIds: [found] = [] } = await guardduty.listDetectors();
    const DetectorId = found ?? (await guardduty.createDetector({ Enable: true })).DetectorId;
    await guardduty.updateDetector({
      ...{ DetectorId, Enable: true },
      Features: [
        {
          ...{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' },
          AdditionalConfiguration: [{ Name, Status }],
        },
      ],
    });
  };
  return {
    control,
    type: 'Plumbline::GuardDuty::Region',
    make: async (clients) => {
      await set(clients, 'ENABLED');
      return region;
    },
    wrong: (clients) => set(clients, 'DISABLED'),
    right: (clients) => set(clients, 'ENABLED'),
  };
};

export const detectionTurns: readonly Turn[] = [
  scanning('Inspector.1', 'EC2'),
  scanning('Inspector.3', 'LAMBDA_CODE'),
  scanning('Inspector.4', 'LAMBDA'),
  agents('GuardDuty.7', 'EKS_ADDON_MANAGEMENT'),
  agents('GuardDuty.12', 'ECS_FARGATE_AGENT_MANAGEMENT'),
  agents('GuardDuty.13', 'EC2_AGENT_MANAGEMENT'),
];
