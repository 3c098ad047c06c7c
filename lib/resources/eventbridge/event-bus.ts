import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { tagsIn } from '../described.ts';
import { named, textsAt } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => eventbridge.arn('event-bus', ref, ref.id);
const busName = (text: string): string => eventbridge.id('event-bus', text);

const ofPermission = named({ request: ['eventBusName'], idOf: busName });

/** An event bus of the account and region; its id is its name. Each region has one that is called `default`. */
export const eventBus = defineResourceType({
  type: 'AWS::Events::EventBus',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: ['ResourceNotFoundException'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: eventbridge.eventSource,
        calls: { CreateEventBus: 'created', DeleteEventBus: 'deleted' },
        idsIn: named({ request: ['name'], idOf: busName }),
      },
      {
        via: 'cloudtrail',
        source: eventbridge.eventSource,
        calls: { PutPermission: ['policy'], RemovePermission: ['policy'] },
        // It is of the default bus where no other is named:
        // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
        idsIn: (detail, account) => {
          const ids = ofPermission(detail, account);
          const isNamed = textsAt(detail, 'requestParameters', 'eventBusName').length > 0;
          return ids === 'all' && !isNamed && detail.requestParameters ? ['default'] : ids;
        },
      },
    ],
    list: {
      actions: ['events:ListEventBuses'],
      page: async (reader, token) => {
        const { EventBuses = [], NextToken } = await reader.call('eventbridge', 'listEventBuses', {
          Limit: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return {
          resources: EventBuses.map(({ Name = '', Policy }) => ({
            id: Name,
            facets: { policy: Policy },
          })),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['events:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { ResourceARN: arn(ref) };
      const { Tags } = await reader.call('eventbridge', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: tagsIn(Tags) };
    },
  },
  facets: {
    /** Who may put events on it, and make rules on it; `undefined` where the account alone may. */
    policy: {
      actions: ['events:DescribeEventBus'],
      read: async (reader, { id }) =>
        (await reader.call('eventbridge', 'describeEventBus', { Name: id })).Policy,
      comparable: asData,
    },
  },
});
