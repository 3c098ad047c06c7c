import { agentsAreManaged } from './shared/feature.ts';

export const runtimesOfInstancesAreWatched = agentsAreManaged('EC2_AGENT_MANAGEMENT', {
  id: 'GuardDuty.13',
  title: 'GuardDuty EC2 Runtime Monitoring should be enabled',
  severity: 'MEDIUM',
  rationale: 'Without its agent nothing tells what processes do on an instance.',
  advice:
    'Turn on Runtime Monitoring and its automated agent for EC2 in GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
