import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { errorAnswer } from '../../../lib/local/endpoint/answer.ts';
import type { DecodedCall } from '../../../lib/local/endpoint/call.ts';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { inProcess } from '../run.ts';

const region = 'us-east-1';
const anybody = { accessKeyId: 'testing', secretAccessKey: 'testing' };
const keysOf = ({ accessKeyId, secretAccessKey }: typeof anybody) => ({
  ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  AWS_EC2_METADATA_DISABLED: 'true',
});
const all = ['--resource-type', 'AWS::S3::Bucket,AWS::RDS::DBInstance'];

describe('a scan of which one service is held up', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    const s3 = await sdkClients({ region, endpoint: moto.url, credentials: anybody })('s3');
    await s3.createBucket({ Bucket: 'open-one' });
    await s3.deletePublicAccessBlock({ Bucket: 'open-one' });
  }, 60_000);
  afterAll(() => moto.stop());

  /** An AWS in which one service answers otherwise. */
  const answering = async (
    answer: (call: DecodedCall) => ReturnType<typeof errorAnswer> | undefined | 'never',
    work: (endpoint: Endpoint) => Promise<void>,
  ) => {
    const silent = new AbortController();
    const endpoint = await startEndpoint({
      port: 0,
      moto,
      before: [
        async (call) => {
          const made = answer(call);
          if (made !== 'never') return made;
          await once(silent.signal, 'abort');
          return errorAnswer(call, { code: 'Late', status: 503, message: 'late' });
        },
      ],
      after: [],
    });
    try {
      await work(endpoint);
    } finally {
      silent.abort();
      await endpoint.close();
    }
  };
  const scan = (url: string, credentials = anybody) =>
    inProcess(['scan', ...all, '--severity', 'critical,high', '--region', region], {
      ...keysOf(credentials),
      AWS_ENDPOINT_URL: url,
    });
  const expectOthers = ({ code, stdout }: Awaited<ReturnType<typeof scan>>) => {
    expect(stdout).toMatch(/HIGH +│ S3\.8 +│ arn:aws:s3:::open-one/);
    expect(stdout).toMatch(/AWS::RDS::DBInstance/);
    expect(code).toBe(2);
  };

  it('says of a throttled one that it could not be listed, and evaluates the others', async () => {
    await answering(
      (call) =>
        call.service === 'rds'
          ? errorAnswer(call, { code: 'Throttling', status: 400, message: 'Rate exceeded' })
          : undefined,
      async ({ url }) => {
        const ran = await scan(url);
        expectOthers(ran);
        expect(ran.stdout).toContain('could not be listed: Rate exceeded');
        expect(ran.stderr).toMatch(
          /^\d+ verdicts are missing: [^\n]+ This scan is not complete\.\n$/,
        );
      },
    );
  }, 120_000);

  it('prints at Ctrl-C what was evaluated, and is not complete', async () => {
    let waiting = () => {};
    const isWaited = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    await answering(
      (call) => {
        if (call.service !== 'rds') return undefined;
        waiting();
        return 'never';
      },
      async ({ url }) => {
        const child = spawn(
          process.execPath,
          ['bin/plumbline.cjs', 'scan', '--control', 'S3.8,RDS.2', '--region', region],
          {
            env: { ...process.env, ...keysOf(anybody), AWS_ENDPOINT_URL: url },
            stdio: ['ignore', 'pipe', 'pipe'],
          },
        );
        let [stdout, stderr] = ['', ''];
        child.stdout.on('data', (chunk) => {
          stdout += chunk;
        });
        child.stderr.on('data', (chunk) => {
          stderr += chunk;
        });
        const closed = once(child, 'close');
        await isWaited;
        // The bucket is evaluated meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 3000));
        child.kill('SIGINT');
        const [code] = await closed;
        expect(stdout).toMatch(/S3\.8 +│ arn:aws:s3:::open-one/);
        expect(stderr).toBe(
          'This scan is not complete: 1 failed, 0 passed until it ended.\nIt was ended by Ctrl-C.\n',
        );
        expect(code).toBe(2);
      },
    );
  }, 120_000);

  // From here on this moto asks each caller's policies.
  it('says of a denied one that it could not be listed, and evaluates the others', async () => {
    const iam = await sdkClients({ region, endpoint: moto.url, credentials: anybody })('iam');
    const UserName = 'no-databases';
    await iam.createUser({ UserName });
    const Statement = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'rds:*', Resource: '*' },
    ];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.putUserPolicy({ UserName, PolicyName: 'no-databases', PolicyDocument });
    const { AccessKey } = await iam.createAccessKey({ UserName });
    await fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } =
      AccessKey ?? {};
    const ran = await scan(moto.url, { accessKeyId, secretAccessKey });
    expectOthers(ran);
    expect(ran.stdout).toMatch(/could not be listed: User: \S+no-databases is not authorized/);
  }, 120_000);
});
