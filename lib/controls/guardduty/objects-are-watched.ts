import { featureIsOn } from './shared/feature.ts';

export const objectsAreWatched = featureIsOn('S3_DATA_EVENTS', {
  id: 'GuardDuty.10',
  title: 'GuardDuty S3 Protection should be enabled',
  rationale:
    'Objects that are copied away or removed by whoever never did so show in no other log that is watched.',
  standards: { 'pci-dss-4.0.1': ['11.5.1'] },
  advice:
    'Turn on S3 Protection on the page S3 Protection of GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
