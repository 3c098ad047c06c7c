import type { Condition, DetectorAdditionalConfiguration } from '@aws-sdk/client-guardduty';
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

/** The detector of the region, made where there is none. */
const detectorOf = async (clients: Clients) => {
  const guardduty = await clients('guardduty');
  const { DetectorIds: [found] = [] } = await guardduty.listDetectors();
  return found ?? (await guardduty.createDetector({ Enable: true })).DetectorId;
};

/** GuardDuty watches what runs, and sets its agents up by itself on one kind of it. */
const agents = (control: string, Name: DetectorAdditionalConfiguration['Name']): Turn => {
  const set = async (clients: Clients, Status: 'ENABLED' | 'DISABLED') => {
    const guardduty = await clients('guardduty');
    const DetectorId = await detectorOf(clients);
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

/** A filter of GuardDuty archives what is low, or everything. */
const archiving: Turn = {
  control: 'PL.GUARDDUTY.1',
  type: 'Plumbline::GuardDuty::Region',
  make: async (clients) => {
    const guardduty = await clients('guardduty');
    await guardduty.createFilter({
      ...{ DetectorId: await detectorOf(clients), Name: 'low', Action: 'ARCHIVE' },
      FindingCriteria: { Criterion: { severity: { LessThan: 4 } } },
    });
    return region;
  },
  wrong: (clients) => archive(clients, { severity: { GreaterThanOrEqual: 1 } }),
  right: (clients) => archive(clients, { severity: { LessThan: 4 } }),
};
const archive = async (clients: Clients, Criterion: Record<string, Condition>) =>
  (await clients('guardduty')).updateFilter({
    ...{ DetectorId: await detectorOf(clients), FilterName: 'low' },
    FindingCriteria: { Criterion },
  });

export const detectionTurns: readonly Turn[] = [
  scanning('Inspector.1', 'EC2'),
  scanning('Inspector.3', 'LAMBDA_CODE'),
  scanning('Inspector.4', 'LAMBDA'),
  archiving,
  agents('GuardDuty.7', 'EKS_ADDON_MANAGEMENT'),
  agents('GuardDuty.12', 'ECS_FARGATE_AGENT_MANAGEMENT'),
  agents('GuardDuty.13', 'EC2_AGENT_MANAGEMENT'),
];
