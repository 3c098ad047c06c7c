import { RDS } from '@aws-sdk/client-rds';
import { sdkClients } from '../../lib/aws/clients.ts';
import { type BatchReader, createReader } from '../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../lib/local/moto.ts';

const region = 'us-east-1';
const account = '123456789012';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** moto takes seconds for the first call of a service. */
export const startMillis = 60_000;

export const refOf = (id: string) => ({ account, region, id });

/** A real AWS to read from: the one that is given, else a moto of this file's own. */
export const awsForTests = () => {
  let moto: Moto | undefined;
  let endpoint = process.env['PLUMBLINE_TEST_ENDPOINT'];
  beforeAll(async () => {
    moto = endpoint ? undefined : await startMoto();
    endpoint ??= moto?.url;
  }, startMillis);
  afterAll(() => moto?.stop());
  const options = () => ({ region, credentials, ...(endpoint ? { endpoint } : {}) });
  return {
    rds: () => new RDS(options()),
    /** A reader, and the calls that it makes. */
    read: (): { reader: BatchReader; calls: string[] } => {
      const calls: string[] = [];
      const onCall = (_: string, operation: string) => calls.push(operation);
      return {
        reader: createReader({ account, region, clients: sdkClients(options()), onCall }),
        calls,
      };
    },
  };
};

/** Every resource that a type's listing shows, over all its pages. */
export const listed = async <R>(
  page: (token: string | undefined) => Promise<{ resources: readonly R[]; next?: string }>,
): Promise<R[]> => {
  const found: R[] = [];
  let token: string | undefined;
  do {
    const { resources, next } = await page(token);
    found.push(...resources);
    token = next;
  } while (token !== undefined);
  return found;
};
