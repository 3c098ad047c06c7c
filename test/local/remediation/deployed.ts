import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { outputsOf } from '../../../lib/aws/stack-outputs.ts';
import { createLedger, type Ledger } from '../../../lib/aws/stores/ledger.ts';
import { createPosture, type Posture } from '../../../lib/aws/stores/posture.ts';
import { accountId as account, region } from '../../resources/aws.ts';
import { admitUsers } from '../admit.ts';
import { serve } from '../served.ts';

/** A local AWS on which the deployed handlers take every message, as alice sees it. */
export interface Deployed {
  readonly clients: Clients;
  /** As the function that sweeps. */
  readonly sweeper: Clients;
  readonly outputs: Readonly<Record<string, string>>;
  readonly dynamoDb: DynamoDBDocument;
  readonly ledger: Ledger;
  readonly posture: Posture;
  findingsOf(control: string): Promise<readonly AwsSecurityFinding[]>;
  end(): Promise<void>;
}

const equals = (Value: string) => [{ Comparison: 'EQUALS' as const, Value }];

export const openDeployed = async (
  baseline: string,
  settlesAfterSeconds: number,
): Promise<Deployed> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-deployed-'));
  const file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  const { url: endpoint, own, end } = await serve({ baseline: file, settlesAfterSeconds });
  await admitUsers(endpoint);
  const credentials = { accessKeyId: 'alice', secretAccessKey: 'any' };
  const settings = { region, endpoint, credentials };
  const clients = sdkClients(settings);
  const stack = { name: 'Plumbline', account, region };
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const dynamoDb = DynamoDBDocument.from(new DynamoDB(settings));
  const { PostureTable: table = '', LedgerTable = '', ImagesBucket: bucket = '' } = outputs;
  const tables = { dynamoDb, table: LedgerTable, earlier: table };
  const { sweep } = own;
  if (!sweep) throw new Error('the stack has no function that sweeps');
  return {
    clients,
    sweeper: sdkClients({ region, endpoint, credentials: sweep }),
    outputs,
    dynamoDb,
    ledger: createLedger(tables, { bucket, owner: account, s3: () => clients('s3') }),
    posture: createPosture(dynamoDb, table),
    findingsOf: async (control) => {
      const { Findings = [] } = await (await clients('securityhub')).getFindings({
        Filters: { ComplianceSecurityControlId: equals(`Plumbline.${control}`) },
        MaxResults: 100,
      });
      return Findings;
    },
    end: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
