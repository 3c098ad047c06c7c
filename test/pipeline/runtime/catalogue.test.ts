import { readdirSync, readFileSync } from 'node:fs';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { callDetailType, itemDetailType, toldOf } from '../../../lib/engine/changes/told-of.ts';
import { type AnyResourceType, configTypesOf } from '../../../lib/model/resource-type.ts';
import { catalogueTypes, controlsOn } from '../../../lib/pipeline/runtime/catalogue.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const place = { account: '123456789012', homeRegion: 'us-east-1', regions: ['us-east-1'] };
const byText = (one: object, other: object) =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

/** What a message says, as these types understand it; in what order does not count. */
const parsed = (message: unknown, types: readonly AnyResourceType[]) => {
  const said = parseEvent(message, types, place, provenanceOf(message));
  return 'dropped' in said
    ? said
    : { changes: said.changes.toSorted(byText), sweeps: said.sweeps.toSorted(byText) };
};
const namesAbout = async (message: unknown): Promise<readonly string[]> =>
  (await catalogueTypes.about(toldOf(message))).map(({ type }) => type);

/** Those that borrow a facet of a type. */
const borrowers = (lender: string): readonly string[] =>
  resourceTypes.flatMap(({ type, facets }) =>
    Object.values(facets).some(({ borrowedFrom = [] }) =>
      borrowedFrom.some((one) => one.type === lender),
    )
      ? [type]
      : [],
  );

describe('of the catalogue is loaded what a message can be about', () => {
  it.each(readdirSync('test/events'))('%s says the same as with all types', async (file) => {
    const message: unknown = JSON.parse(readFileSync(`test/events/${file}`, 'utf8'));
    const about = await catalogueTypes.about(toldOf(message));
    expect(parsed(message, about)).toEqual(parsed(message, resourceTypes));
    expect(about.length).toBeLessThan(resourceTypes.length / 4);
    expect(await catalogueTypes.about(toldOf(message))).toBe(about);
  });

  it.each(resourceTypes.map((type) => [type.type, type] as const))(
    '%s with every call, event and item that changes one, and what borrows of it',
    async (name, type) => {
      const { live, reachable } = type;
      const call = (eventSource: string, eventName: string) => ({
        'detail-type': callDetailType,
        source: 'aws.any',
        detail: {
          eventSource: eventSource === 'any' ? 's3.amazonaws.com' : eventSource,
          eventName,
        },
      });
      const changing = live.announcements.flatMap((one): readonly object[] =>
        one.via === 'service'
          ? [{ 'detail-type': one.detailType, source: one.source }]
          : Object.keys(one.calls).flatMap((told) => [
              call(one.source, told),
              ...(one.isDated ? [call(one.source, `${told}20150331v2`)] : []),
            ]),
      );
      const items = configTypesOf(type).map((resourceType) => ({
        'detail-type': itemDetailType,
        detail: { configurationItem: { resourceType } },
      }));
      for (const message of [...changing, ...items])
        expect(await namesAbout(message)).toEqual(
          expect.arrayContaining([name, ...borrowers(name)]),
        );
      const ways = reachable?.announcements ?? [];
      for (const message of ways.flatMap((one) => one.calls.map((told) => call(one.source, told))))
        expect(await namesAbout(message)).toContain(name);
    },
  );

  it('by its name, or by those of several', async () => {
    for (const type of resourceTypes) expect(await catalogueTypes.named(type.type)).toBe(type);
    expect(await catalogueTypes.all()).toEqual(resourceTypes);
    const change = { type: 'AWS::S3::Bucket' };
    expect(await namesAbout({ version: 1, ...change })).toEqual(['AWS::S3::Bucket']);
    const joined = [change, change, { type: 'AWS::KMS::Key' }];
    expect(await namesAbout({ version: 1, changes: joined })).toEqual([
      'AWS::S3::Bucket',
      'AWS::KMS::Key',
    ]);
    expect(await namesAbout({ version: 1, sweep: 'AWS::KMS::Key' })).toEqual(['AWS::KMS::Key']);
  });

  it.each<unknown>([
    undefined,
    'text',
    {},
    { version: 1, type: 'toString' },
    { version: 1, changes: 'all' },
    { source: 'constructor', 'detail-type': 'toString' },
    { source: 'aws.s3', 'detail-type': callDetailType },
    { source: 'aws.s3', 'detail-type': callDetailType, detail: { eventSource: '__proto__' } },
    { source: 'aws.config', 'detail-type': itemDetailType },
    {
      'detail-type': itemDetailType,
      detail: { configurationItem: { resourceType: 'hasOwnProperty' } },
    },
  ])('and nothing for what says nothing of it: %j', async (message) => {
    expect(await namesAbout(message)).toEqual([]);
  });

  it('and no control of a name that is no type', async () => {
    expect(await controlsOn('toString')).toEqual([]);
    expect(await catalogueTypes.named('toString')).toBeUndefined();
    expect((await controlsOn('AWS::S3::Bucket')).length).toBeGreaterThan(5);
  });
});
