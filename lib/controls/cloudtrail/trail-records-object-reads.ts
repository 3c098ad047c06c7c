import { defineControl } from '../../model/control.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { evaluateObjectEvents } from './shared/object-events.ts';

export const trailRecordsObjectReads = defineControl(cloudTrailRegion, {
  id: 'S3.23',
  title: 'S3 general purpose buckets should log object-level read events',
  severity: 'MEDIUM',
  rationale: 'What was taken out of a bucket can be found out only where a trail recorded it.',
  standards: {
    'cis-aws-3.0.0': ['3.9'],
    'cis-aws-5.0.0': ['3.9'],
    'pci-dss-4.0.1': ['10.2.1'],
  },
  needs: ['trails'],
  evaluate: ({ trails }) => evaluateObjectEvents(trails, 'Read'),
  remediation: {
    advice:
      'Have a multi-Region trail record data events of S3, of all buckets, reads at least. CloudTrail charges for each: look first how many there are.',
  },
});
