import { defineResourceType } from '../../model/resource-type.ts';

/**
 * A trail that this region has or shows; its id is its ARN. Not evaluated by itself: the region borrows what it shows.
 * A member account sees the trail of its organization in the list, and may not find it when it asks for more.
 */
export const trail = defineResourceType({
  type: 'AWS::CloudTrail::Trail',
  scope: 'regional',
  securityHubType: 'AwsCloudTrailTrail',
  live: {
    gone: ['TrailNotFoundException'],
    settlesAfterSeconds: 30,
    // Whatever changes a trail is a change of the region's trails, which are read together.
    announcements: [],
    list: {
      actions: ['cloudtrail:DescribeTrails'],
      page: async (reader) => {
        const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {});
        return { resources: trailList.map(({ TrailARN = '' }) => ({ id: TrailARN })) };
      },
    },
  },
  arn: ({ id }) => id,
  about: { actions: [], read: async (_, { id }) => ({ arn: id, tags: {} }) },
  facets: {
    isLogging: {
      actions: ['cloudtrail:GetTrailStatus'],
      absent: ['TrailNotFoundException'],
      read: async (reader, { id }) =>
        (await reader.call('cloudtrail', 'getTrailStatus', { Name: id })).IsLogging,
    },
    selectors: {
      actions: ['cloudtrail:GetEventSelectors'],
      absent: ['TrailNotFoundException'],
      read: async (reader, { id }) => {
        const shown = await reader.call('cloudtrail', 'getEventSelectors', { TrailName: id });
        return { basic: shown.EventSelectors ?? [], advanced: shown.AdvancedEventSelectors ?? [] };
      },
    },
  },
});
