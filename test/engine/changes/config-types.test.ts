import { ResourceType } from '@aws-sdk/client-config-service';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { configTypesOf } from '../../../lib/model/resource-type.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const account = '123456789012';
const place = { account, homeRegion: 'us-east-1', regions: ['us-east-1'] };
const recorded = resourceTypes.filter(({ configurationItem }) => configurationItem !== undefined);
const known: readonly string[] = Object.values(ResourceType);

it.each(recorded)('AWS Config records $type', (type) => {
  const names = configTypesOf(type);
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

it('a name of AWS Config is of one type', () => {
  const names = recorded.flatMap(configTypesOf);
  expect(names).toEqual([...new Set(names)]);
});

it.each(['AWS::OpenSearch::Domain', 'AWS::Elasticsearch::Domain'])(
  'an item of %s is of the domain',
  (resourceType) => {
    const event = {
      version: '0',
      id: '5f6a9d1e-0000-4000-8000-000000000003',
      'detail-type': 'Config Configuration Item Change',
      source: 'aws.config',
      account,
      time: '2026-06-15T12:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: {
        messageType: 'ConfigurationItemChangeNotification',
        configurationItem: {
          resourceType,
          resourceId: `${account}/orders`,
          resourceName: 'orders',
          awsRegion: 'us-east-1',
          awsAccountId: account,
          configurationItemStatus: 'OK',
          configurationItemCaptureTime: '2026-06-15T12:00:00Z',
        },
      },
    };
    expect(parseEvent(event, resourceTypes, place, provenanceOf({}))).toMatchObject({
      changes: [{ type: 'AWS::OpenSearchService::Domain', ref: { id: 'orders' } }],
    });
  },
);
