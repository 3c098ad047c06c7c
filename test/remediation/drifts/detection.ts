import type { DetectorFeature } from '@aws-sdk/client-guardduty';
import type { Clients } from '../../../lib/aws/clients.ts';
import type { Drift } from '../drift.ts';

const region = 'us-east-1';

/** An account has one detector in a region: the one that is there, with everything on. */
const detectorOf = async (clients: Clients): Promise<string> => {
  const guardduty = await clients('guardduty');
  const { DetectorIds: [found] = [] } = await guardduty.listDetectors();
  const made = found ?? (await guardduty.createDetector({ Enable: true })).DetectorId ?? '';
  return made;
};

const ofFeature = (control: string, Name: DetectorFeature): Drift => ({
  control,
  type: 'Plumbline::GuardDuty::Region',
  title: `somebody turns ${Name} of GuardDuty off`,
  arrange: async (clients) => {
    const DetectorId = await detectorOf(clients);
    const Features = [{ Name, Status: 'ENABLED' as const }];
    await (await clients('guardduty')).updateDetector({ DetectorId, Enable: true, Features });
    return region;
  },
  drift: async (clients) =>
    (await clients('guardduty')).updateDetector({
      DetectorId: await detectorOf(clients),
      Features: [{ Name, Status: 'DISABLED' }],
    }),
});

const put = async (clients: Clients, isOn: boolean, port: number) =>
  (await clients('emr')).putBlockPublicAccessConfiguration({
    BlockPublicAccessConfiguration: {
      BlockPublicSecurityGroupRules: isOn,
      PermittedPublicSecurityGroupRuleRanges: [{ MinRange: port, MaxRange: port }],
    },
  });

export const detectionDrifts: readonly Drift[] = [
  {
    control: 'GuardDuty.1',
    type: 'Plumbline::GuardDuty::Region',
    title: 'somebody suspends GuardDuty',
    arrange: async (clients) => {
      const DetectorId = await detectorOf(clients);
      await (await clients('guardduty')).updateDetector({ DetectorId, Enable: true });
      return region;
    },
    drift: async (clients) =>
      (await clients('guardduty')).updateDetector({
        DetectorId: await detectorOf(clients),
        Enable: false,
      }),
  },
  ofFeature('GuardDuty.5', 'EKS_AUDIT_LOGS'),
  ofFeature('GuardDuty.6', 'LAMBDA_NETWORK_LOGS'),
  ofFeature('GuardDuty.8', 'EBS_MALWARE_PROTECTION'),
  ofFeature('GuardDuty.9', 'RDS_LOGIN_EVENTS'),
  ofFeature('GuardDuty.10', 'S3_DATA_EVENTS'),
  ofFeature('GuardDuty.11', 'RUNTIME_MONITORING'),
  {
    control: 'EMR.2',
    type: 'Plumbline::EMR::Region',
    title: 'somebody lets clusters be launched in the open',
    arrange: async (clients) => {
      await put(clients, true, 22);
      return region;
    },
    drift: async (clients) => put(clients, false, 8088),
  },
];
