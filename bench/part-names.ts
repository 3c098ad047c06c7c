/** What is measured, in the order of the report. */
export const partNames = [
  'path',
  'fix',
  'cold',
  'share',
  'warm',
  'writes',
  'bundle',
  'engine',
  'manifests',
  'scan',
  'report',
  'hosts',
  'organization',
] as const;
export type PartName = (typeof partNames)[number];
