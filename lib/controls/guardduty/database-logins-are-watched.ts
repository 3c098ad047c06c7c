import { featureIsOn } from './shared/feature.ts';

export const databaseLoginsAreWatched = featureIsOn('RDS_LOGIN_EVENTS', {
  id: 'GuardDuty.9',
  title: 'GuardDuty RDS Protection should be enabled',
  rationale:
    'A guessed or stolen password of a database shows by logins that are unlike the others.',
  standards: { 'pci-dss-4.0.1': ['11.5.1'] },
  advice:
    'Turn on RDS Protection on the page RDS Protection of GuardDuty in this region; in an organization the account that administers GuardDuty does it.',
});
