import type { AdvancedEventSelector, AdvancedFieldSelector } from '@aws-sdk/client-cloudtrail';
import { defineControl, fail, pass, type Snapshot, unknown } from '../../model/control.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { partitionOf } from '../../services/partition.ts';
import { globalEventsRegionOf } from '../../services/regions.ts';

type Trail = Snapshot<typeof cloudTrailRegion, 'trails'>['trails'][number];

// The only sources that a trail may leave out of its management events; Plumbline listens to neither.
const sparedSources = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

const letsWritesThrough = ({ Field, Equals, NotEquals, ...others }: AdvancedFieldSelector) => {
  if (Object.values(others).some((values) => (values?.length ?? 0) > 0)) return false;
  if (Field === 'eventCategory') return Equals?.includes('Management') ?? false;
  if (Field === 'readOnly' && Equals?.length) return Equals.includes('false');
  if (Field === 'readOnly') return !NotEquals?.includes('false');
  const spares = NotEquals?.every((source) => sparedSources.includes(source)) ?? false;
  return Field === 'eventSource' && !Equals?.length && spares;
};
const selectsWrites = ({ FieldSelectors = [] }: AdvancedEventSelector) =>
  FieldSelectors.some(({ Field }) => Field === 'eventCategory') &&
  FieldSelectors.every(letsWritesThrough);

const recordsWrites = ({ basic, advanced }: NonNullable<Trail['selectors']>) => {
  // A trail that was given no selector records every management event.
  if (basic.length + advanced.length === 0) return true;
  return (
    advanced.some(selectsWrites) ||
    basic.some(
      ({ IncludeManagementEvents = true, ReadWriteType }) =>
        IncludeManagementEvents && ReadWriteType !== 'ReadOnly',
    )
  );
};

const unseen = 'cannot be seen by this account';
const faultOf = (trail: Trail, region: string): string | undefined => {
  if (trail.isLogging === false) return 'not logging';
  const isOfWorld = region === globalEventsRegionOf(partitionOf(region));
  if (isOfWorld && !trail.hasGlobalEvents) return 'without global services';
  if (trail.isLogging === undefined || !trail.selectors) return unseen;
  return recordsWrites(trail.selectors) ? undefined : 'without management write events';
};

export const trailDeliversManagementWrites = defineControl(cloudTrailRegion, {
  id: 'PL.BLIND.1',
  title: 'A CloudTrail trail should deliver management write events to Plumbline',
  severity: 'HIGH',
  rationale:
    'EventBridge hears of API calls only where a trail records them: without one, only sweeps see drift.',
  standards: {},
  needs: ['trails'],
  evaluate({ trails }, { ref: { region } }) {
    const here = trails.filter((trail) => trail.isMultiRegion || trail.homeRegion === region);
    const faults = here.map((trail) => ({ trail, fault: faultOf(trail, region) }));
    if (faults.some(({ fault }) => fault === undefined)) return pass;
    const expected = 'a trail that logs management write events';
    if (faults.length === 0)
      return fail('no trail records this region', [{ path: 'trails', actual: [], expected }]);
    if (faults.some(({ fault }) => fault === unseen))
      return unknown('the only trail that may record this region cannot be seen by this account');
    return fail(
      'no trail records management write events in this region',
      faults.map(({ trail, fault = '' }) => ({
        path: `trails[${trail.arn}]`,
        actual: fault,
        expected,
      })),
    );
  },
  remediation: {
    advice:
      'Start logging on a multi-region trail that records all management events, read and write.',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html',
  },
});
