import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { loggingGrants, startOf } from './shared/start-logging.ts';
import { recordsEveryCall, type Trail } from './shared/trail-selection.ts';

const hidden = 'cannot be seen by this account';
const faultOf = ({ isMultiRegion, isLogging, selectors }: Trail): string | undefined => {
  if (!isMultiRegion) return 'records one region';
  if (isLogging === false) return 'not logging';
  if (isLogging === undefined || !selectors) return hidden;
  return recordsEveryCall(selectors) ? undefined : 'leaves management events out';
};

export const multiRegionTrailRecordsEveryCall = defineControl(cloudTrailRegion, {
  id: 'CloudTrail.1',
  title: 'A multi-Region trail should record read and write management events',
  severity: 'HIGH',
  rationale: 'What no trail records cannot be found out afterwards, and nobody hears of it now.',
  standards: {
    'fsbp-1.0.0': ['CloudTrail.1'],
    'cis-aws-1.4.0': ['3.1'],
    'cis-aws-3.0.0': ['3.1'],
    'cis-aws-5.0.0': ['3.1'],
    'nist-800-53-r5': [
      ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)'],
      ...['AU-6(4)', 'AU-14(1)', 'CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)', 'SA-8(22)'],
    ],
  },
  needs: ['trails'],
  evaluate({ trails }) {
    const faults = trails.map((trail) => ({ trail, fault: faultOf(trail) }));
    if (faults.some(({ fault }) => fault === undefined)) return pass;
    const expected = 'a multi-Region trail that logs every management event';
    if (faults.some(({ fault }) => fault === hidden))
      return unknown('the only trail that may record everything cannot be seen by this account');
    if (faults.length === 0)
      return fail('there is no trail', [{ path: 'trails', actual: [], expected }]);
    return fail(
      'no multi-Region trail records every management event',
      faults.map(({ trail, fault = '' }) => ({
        path: `trails[${trail.arn}]`,
        actual: fault,
        expected,
      })),
    );
  },
  remediation: {
    advice:
      'Start the trail again, or create one for all Regions that records read and write management events and leaves out neither KMS nor the RDS Data API.',
    grants: loggingGrants,
    plan: ({ trails }, { ref }) =>
      startOf(
        trails.filter((trail) => faultOf({ ...trail, isLogging: true }) === undefined),
        ref,
      ),
  },
});
