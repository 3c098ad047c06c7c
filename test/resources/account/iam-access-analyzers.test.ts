import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { accessAnalyzerRegion } from '../../../lib/resources/account/access-analyzer-region.ts';
import { accountId, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(accessAnalyzerRegion);

const pages: Readonly<Record<string, object>> = {
  '/analyzer': {
    analyzers: [{ name: 'external', type: 'ACCOUNT', status: 'ACTIVE' }],
    nextToken: 'more',
  },
  '/analyzer?nextToken=more': {
    analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', status: 'CREATING' }],
  },
};

// No local AWS has Access Analyzer: this server speaks its protocol, in two pages.
describe('the access analyzers of a region', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(pages[request.url ?? ''] ?? {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.close();
  });

  it('are read over all pages', async () => {
    const { port } = server.address() as AddressInfo;
    const clients = sdkClients({
      region,
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const reader = createReader({ account: accountId, region, clients });
    const { accessAnalyzers } = accessAnalyzerRegion.facets;
    expect(await accessAnalyzers.read(reader)).toEqual([
      { name: 'external', type: 'ACCOUNT', status: 'ACTIVE' },
      { name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', status: 'CREATING' },
    ]);
  });

  it('are announced for the region of the call', () => {
    const detail = { eventName: 'CreateAnalyzer', awsRegion: 'eu-west-1' };
    const [announcement] = accessAnalyzerRegion.live.announcements;
    expect(announcement?.idsIn(detail, accountId)).toEqual(['eu-west-1']);
  });
});
