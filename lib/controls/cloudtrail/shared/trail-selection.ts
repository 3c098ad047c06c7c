import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { Snapshot } from '../../../model/control.ts';
import type { cloudTrailRegion } from '../../../resources/account/cloudtrail-region.ts';

export type Trail = Snapshot<typeof cloudTrailRegion, 'trails'>['trails'][number];

type Fields = NonNullable<AdvancedEventSelector['FieldSelectors']>;

const isOnManagement = ([only, ...others]: Fields): boolean =>
  only?.Field === 'eventCategory' &&
  only.Equals?.includes('Management') === true &&
  others.length === 0;

/** The event sources that a selector of all management events leaves out; `undefined` of any other selector. */
const leftOutByAdvanced = ({
  FieldSelectors = [],
}: AdvancedEventSelector): readonly string[] | undefined => {
  const isOfSources = ({ Field, NotEquals }: Fields[number]) =>
    Field === 'eventSource' && NotEquals !== undefined;
  // Any other field leaves out reads or writes.
  return isOnManagement(FieldSelectors.filter((one) => !isOfSources(one)))
    ? FieldSelectors.filter(isOfSources).flatMap(({ NotEquals = [] }) => NotEquals)
    : undefined;
};

const leftOutByBasic = ({
  IncludeManagementEvents = true,
  ReadWriteType = 'All',
  ExcludeManagementEventSources = [],
}: EventSelector): readonly string[] | undefined =>
  IncludeManagementEvents && ReadWriteType === 'All' ? ExcludeManagementEventSources : undefined;

/**
 * Whether a trail records every management event, those of KMS and the RDS Data API too.
 * @param mayLeaveOut whether it need not record those of an event source
 */
export const recordsEveryCall = (
  { basic, advanced }: NonNullable<Trail['selectors']>,
  mayLeaveOut: (source: string) => boolean = () => false,
): boolean => {
  // A trail that was given no selector records every management event.
  if (basic.length + advanced.length === 0) return true;
  const leftOut = [...advanced.map(leftOutByAdvanced), ...basic.map(leftOutByBasic)];
  return leftOut.some((sources) => sources?.every(mayLeaveOut));
};
