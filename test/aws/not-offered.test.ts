import type { Clients } from '../../lib/aws/clients.ts';
import { createReader } from '../../lib/aws/reader.ts';
import { defineResourceType } from '../../lib/model/resource-type.ts';

const place = { account: '123456789012', region: 'mx-central-1' };
const kettle = (code: string) =>
  defineResourceType({
    type: 'Plumbline::Kettle',
    scope: 'regional',
    securityHubType: 'Other',
    arn: ({ id }) => id,
    live: {
      gone: [],
      settlesAfterSeconds: 1,
      announcements: [],
      list: { actions: [], page: async () => ({ resources: [] }) },
    },
    about: { actions: [], read: async () => ({ arn: '', tags: {} }) },
    facets: {
      water: {
        actions: [],
        read: async (): Promise<string> => {
          throw Object.assign(new Error(code), { code });
        },
      },
    },
  });
const read = (code: string, answersElse: boolean, id = place.region) => {
  const sts = { getCallerIdentity: async () => ({}) };
  const clients = () => (answersElse ? Promise.resolve(sts) : Promise.reject(new Error('none')));
  const reader = createReader({ ...place, clients: clients as unknown as Clients });
  return reader.read(kettle(code), { ...place, id }, ['water']);
};

describe('a facet of a region', () => {
  it('is not offered where the service has no host, and another of the region answers', async () => {
    expect(await read('ENOTFOUND', true)).toMatchObject({
      facets: { water: { notOffered: 'mx-central-1 has no such service' } },
    });
  });

  it.each([
    ['ENOTFOUND', false],
    ['EAI_AGAIN', true],
    ['ECONNREFUSED', true],
  ])(
    'is read again later, and not taken for absent, where %s may pass',
    async (code, elsewhere) => {
      await expect(read(code, elsewhere)).rejects.toThrow(code);
    },
  );
});
