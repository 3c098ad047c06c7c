import { sdkClients } from '../../lib/aws/clients.ts';
import { type BatchReader, createReader } from '../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';

export const region = 'us-east-1';
export const accountId = '123456789012';
export const refOf = (id: string) => ({ account: accountId, region, id });

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const anybody: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const given = process.env['PLUMBLINE_TEST_READER'];
/** The deployed evaluator's role where there is one: a permission that its facets do not name fails here. */
const evaluator: Credentials = given === undefined ? anybody : JSON.parse(given);

/** An AWS to read from: the endpoint that is given, which other files use too, else a moto for this file alone. */
/** A busy machine answers late, and what is tried again would be made twice. */
export const answerSeconds = 60;

export const awsForTests = () => {
  const givenEndpoint = process.env['PLUMBLINE_TEST_ENDPOINT'];
  let moto: Moto | undefined;
  beforeAll(async () => {
    moto = givenEndpoint ? undefined : await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());
  const clients = (credentials = anybody, where = region) =>
    sdkClients({
      ...{ region: where, endpoint: givenEndpoint ?? moto?.url ?? '' },
      ...{ credentials, answerSeconds },
    });
  const readerOf = (credentials: Credentials, where: string) =>
    createReader({
      ...{ account: accountId, region: where, clients: clients(credentials, where) },
      clientsIn: (other) => clients(credentials, other),
    });
  return {
    /** For what a test sets up. */
    clients,
    /** A reader of a new batch: reads are the evaluator's; listings, which another role makes, are anybody's. */
    reader: (where = region): BatchReader => ({
      ...readerOf(anybody, where),
      read: readerOf(evaluator, where).read,
    }),
  };
};
