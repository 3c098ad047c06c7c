import { agentsAreManaged } from './shared/feature.ts';

export const runtimesOfEcsAreWatched = agentsAreManaged('ECS_FARGATE_AGENT_MANAGEMENT', {
  id: 'GuardDuty.12',
  title: 'GuardDuty ECS Runtime Monitoring should be enabled',
  severity: 'MEDIUM',
  rationale: 'Without its agent nothing tells what containers on Fargate do.',
  advice:
    'Turn on Runtime Monitoring and its automated agent for ECS on Fargate in GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
