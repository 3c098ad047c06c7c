import { agentsAreManaged } from './shared/feature.ts';

export const runtimesOfEksAreWatched = agentsAreManaged('EKS_ADDON_MANAGEMENT', {
  id: 'GuardDuty.7',
  title: 'GuardDuty EKS Runtime Monitoring should be enabled',
  severity: 'HIGH',
  // An account can have the older of the two instead: https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring.html
  names: ['RUNTIME_MONITORING', 'EKS_RUNTIME_MONITORING'],
  rationale: 'Without its agent nothing tells what containers do on the nodes of a cluster.',
  standards: { 'pci-dss-4.0.1': ['11.5.1'] },
  advice:
    'Turn on Runtime Monitoring and its automated agent for EKS in GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
