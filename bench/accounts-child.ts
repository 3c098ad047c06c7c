import type { STS } from '@aws-sdk/client-sts';
import { createClientPool } from '../lib/aws/client-pool.ts';
import { sdkClients } from '../lib/aws/clients.ts';
import { createEntry } from '../lib/aws/entry.ts';

// The process that bench/organization.ts measures: clients of so many accounts in two regions, asked for in turn.
const [count = '200'] = process.argv.slice(2);
const accounts = Array.from({ length: Number(count) }, (_, n) => String(100_000_000_000 + n));
const services = ['s3', 'ec2', 'iam', 'rds', 'kms', 'sqs', 'lambda', 'securityhub'] as const;
let assumed = 0;
const sts = {
  assumeRole: async () => {
    assumed += 1;
    return {
      Credentials: {
        AccessKeyId: `ASIA${assumed}`,
        SecretAccessKey: 'secret',
        SessionToken: 't'.repeat(1000),
        Expiration: new Date(Date.now() + 3_600_000),
      },
    };
  },
} as unknown as STS;
const entry = createEntry({
  sts: async () => sts,
  externalId: 'stack/Plumbline',
  accounts: () => accounts,
  region: 'us-east-1',
  sessionName: 'bench',
});
const clientsAt = createClientPool(({ account, region }) =>
  sdkClients({ region, credentials: entry(account, 'Plumbline-Read') }),
);
for (let round = 0; round < 2; round += 1)
  for (const account of accounts)
    for (const region of ['us-east-1', 'eu-west-1'])
      for (const service of services)
        await (await clientsAt({ account, region })(service)).config.credentials();
process.send?.({ rssBytes: process.memoryUsage().rss, assumed });
