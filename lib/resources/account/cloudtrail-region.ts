import type { Reader, Ref } from '../../model/resource-type.ts';
import { cloudtrail } from '../../services/cloudtrail.ts';
import { trail } from '../cloudtrail/trail.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** The trails that log in this region, with what each logs; a part that this account cannot see is left out. */
const readTrails = async (reader: Reader, ref: Ref) => {
  const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {});
  return Promise.all(
    trailList.map(async ({ TrailARN = '', ...shown }) => {
      const lender = { ...ref, id: TrailARN };
      return {
        arn: TrailARN,
        homeRegion: shown.HomeRegion,
        isMultiRegion: shown.IsMultiRegionTrail ?? false,
        hasGlobalEvents: shown.IncludeGlobalServiceEvents ?? false,
        isLogging: await reader.facet(trail, lender, 'isLogging'),
        selectors: await reader.facet(trail, lender, 'selectors'),
      };
    }),
  );
};

/** What CloudTrail records of a region. */
export const cloudTrailRegion = regionWide({
  type: 'Plumbline::CloudTrail::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: cloudtrail.eventSource,
      calls: {
        CreateTrail: ['trails'],
        UpdateTrail: ['trails'],
        DeleteTrail: ['trails'],
        StartLogging: ['trails'],
        StopLogging: ['trails'],
        PutEventSelectors: ['trails'],
      },
      // A trail of every region is changed in one, and recorded as changed there.
      isEverywhere: true,
      idsIn: here,
    },
  ],
  facets: {
    trails: {
      actions: [
        ...trail.live.list.actions,
        ...trail.facets.isLogging.actions,
        ...trail.facets.selectors.actions,
      ],
      read: readTrails,
    },
  },
});
