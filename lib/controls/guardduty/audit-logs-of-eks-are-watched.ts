import { featureIsOn } from './shared/feature.ts';

export const auditLogsOfEksAreWatched = featureIsOn('EKS_AUDIT_LOGS', {
  id: 'GuardDuty.5',
  title: 'GuardDuty EKS Audit Log Monitoring should be enabled',
  rationale: 'Who gets into a cluster shows in its audit log first, which nobody reads else.',
  advice:
    'Turn on EKS Audit Log Monitoring on the page EKS Protection of GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
