import { featureIsOn } from './shared/feature.ts';

export const lambdaTrafficIsWatched = featureIsOn('LAMBDA_NETWORK_LOGS', {
  id: 'GuardDuty.6',
  title: 'GuardDuty Lambda Protection should be enabled',
  rationale: 'A function with foreign code in it shows by whom it calls.',
  standards: { 'pci-dss-4.0.1': ['11.5.1'] },
  advice:
    'Turn on Lambda Protection on the page Lambda Protection of GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
