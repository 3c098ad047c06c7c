import { defineControl } from '../../model/control.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { evaluateObjectEvents } from './shared/object-events.ts';

export const trailRecordsObjectWrites = defineControl(cloudTrailRegion, {
  id: 'S3.22',
  title: 'S3 general purpose buckets should log object-level write events',
  severity: 'MEDIUM',
  rationale: 'Who deleted or overwrote an object can be found out only where a trail recorded it.',
  standards: {
    'cis-aws-3.0.0': ['3.8'],
    'cis-aws-5.0.0': ['3.8'],
    'pci-dss-4.0.1': ['10.2.1'],
  },
  needs: ['trails'],
  evaluate: ({ trails }) => evaluateObjectEvents(trails, 'Write'),
  remediation: {
    advice:
      'Have a multi-Region trail record data events of S3, of all buckets, writes at least. CloudTrail charges for each: look first how many there are.',
  },
});
