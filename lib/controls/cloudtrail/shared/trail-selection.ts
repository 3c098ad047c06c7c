import type { AdvancedEventSelector } from '@aws-sdk/client-cloudtrail';
import type { Snapshot } from '../../../model/control.ts';
import type { cloudTrailRegion } from '../../../resources/account/cloudtrail-region.ts';

export type Trail = Snapshot<typeof cloudTrailRegion, 'trails'>['trails'][number];

const selectsEveryCall = ({ FieldSelectors = [] }: AdvancedEventSelector): boolean => {
  const [only, ...others] = FieldSelectors;
  const isManagement = only?.Field === 'eventCategory' && only.Equals?.includes('Management');
  // Any other field leaves something out: reads or writes, KMS or the RDS Data API.
  return others.length === 0 && isManagement === true;
};

/** Whether a trail records every management event, those of KMS and the RDS Data API too. */
export const recordsEveryCall = ({ basic, advanced }: NonNullable<Trail['selectors']>): boolean => {
  // A trail that was given no selector records every management event.
  if (basic.length + advanced.length === 0) return true;
  return (
    advanced.some(selectsEveryCall) ||
    basic.some(
      ({ IncludeManagementEvents = true, ReadWriteType = 'All', ExcludeManagementEventSources }) =>
        IncludeManagementEvents &&
        ReadWriteType === 'All' &&
        (ExcludeManagementEventSources ?? []).length === 0,
    )
  );
};
