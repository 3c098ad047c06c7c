import { featureIsOn } from './shared/feature.ts';

export const runtimesAreWatched = featureIsOn('RUNTIME_MONITORING', {
  id: 'GuardDuty.11',
  title: 'GuardDuty Runtime Monitoring should be enabled',
  rationale: 'What a process does on a machine shows in no log of AWS.',
  advice:
    'Turn on Runtime Monitoring on the page Runtime Monitoring of GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
