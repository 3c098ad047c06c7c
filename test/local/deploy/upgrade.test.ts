import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SSM } from '@aws-sdk/client-ssm';
import { createApp } from '../../../lib/infrastructure/app.ts';
import { deploy } from '../../../lib/local/deploy/deploy.ts';
import { motoClients } from '../../../lib/local/local-aws-clients.ts';
import { plumbline } from '../../cli/run.ts';
import { serve } from '../served.ts';

// A stack of a release that began with remediation on, and knew no operators, is updated to what is here.

const account = '123456789012';
const region = 'us-east-1';
const alice = `arn:aws:iam::${account}:user/alice`;
const baseline = `
presets: []
operators: [${alice}]
controls: { S3.8: { mode: remediate } }
`;
const landed = new URL('./landed-remediate.json.gz', import.meta.url);
const text = gunzipSync(readFileSync(landed)).toString();
interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>
  >;
}
const { Resources }: Template = JSON.parse(text);
const idsOf = (type: string) => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);

/** The CDK's output folder as that release left it, but for the code, which is not run. */
const outputIn = async (folder: string): Promise<string> => {
  const output = join(folder, 'landed');
  await mkdir(join(output, 'code'), { recursive: true });
  await writeFile(join(output, 'code', 'index.mjs'), '');
  const keys = [...text.matchAll(/"S3Key":"([^"]+)"/g)].flatMap(([, key]) => key ?? []);
  const files = Object.fromEntries(
    [...new Set(keys)].map((objectKey) => [
      objectKey,
      {
        source: { path: 'code', packaging: 'zip' },
        destinations: {
          here: { bucketName: `cdk-hnb659fds-assets-${account}-${region}`, objectKey },
        },
      },
    ]),
  );
  await writeFile(join(output, 'Plumbline.template.json'), text);
  await writeFile(join(output, 'Plumbline.assets.json'), JSON.stringify({ files }));
  return output;
};

let folder = '';
let file = '';
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-upgrade-'));
  file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  const updates = await outputIn(folder);
  served = await serve({ baseline: file, settlesAfterSeconds: 0, isLeftOff: true, updates });
}, 180_000);
afterAll(async () => {
  await served?.end();
  await rm(folder, { recursive: true });
}, 60_000);

const as = (accessKeyId: string) => ({
  region,
  endpoint: served.url,
  credentials: { accessKeyId, secretAccessKey: 'any' },
});
const cli = (person: string, ...args: readonly string[]) =>
  plumbline([...args, '--baseline', file], {
    AWS_ENDPOINT_URL: served.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: person,
    AWS_SECRET_ACCESS_KEY: 'any',
  });
const Name = '/plumbline/remediation';
const written = async () => (await new SSM(as('bob')).getParameter({ Name })).Parameter?.Value;
const isOn = async () =>
  JSON.parse((await cli('bob', 'remediation', '--json')).stdout).isOn as boolean;

describe('a stack of an earlier release that is updated', () => {
  it('keeps its tables, queues, buckets and what else outlives a release', async () => {
    const after = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const page = await new CloudFormation(as('bob')).listStackResources({
        StackName: 'Plumbline',
        NextToken,
      });
      for (const {
        LogicalResourceId = '',
        PhysicalResourceId = '',
      } of page.StackResourceSummaries ?? [])
        after.set(LogicalResourceId, PhysicalResourceId);
      NextToken = page.NextToken;
    } while (NextToken);
    for (const type of ['DynamoDB::Table', 'SQS::Queue', 'S3::Bucket', 'SNS::Topic', 'IAM::Role']) {
      const ids = idsOf(`AWS::${type}`);
      expect(ids).not.toEqual([]);
      const named = (of: (id: string) => string | undefined) => ids.map((id) => [id, of(id)]);
      expect(named((id) => after.get(id))).toEqual(named((id) => served.before?.[id]));
    }
  });

  it('has remediation off: the update has turned off what was on', async () => {
    expect(Resources['Switch39BDFED0']?.Properties?.['Value']).toBe('on');
    expect(await written()).toBe('off');
    expect(await isOn()).toBe(false);
  });

  it('is not turned on by anybody who writes the parameter', async () => {
    await new SSM(as('bob')).putParameter({ Name, Value: 'on', Overwrite: true });
    expect(await isOn()).toBe(false);
    const refused = await cli('bob', 'remediation', 'on', '--yes');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('only operators change something');
    expect(await isOn()).toBe(false);
  }, 60_000);

  it("is turned on by an operator's message", async () => {
    const on = await cli('alice', 'remediation', 'on', '--yes');
    expect([on.code, on.stderr]).toEqual([0, '']);
    expect(on.stdout).toContain(alice);
    expect(await isOn()).toBe(true);
  }, 60_000);

  it('is turned off once: the next update leaves it on', async () => {
    const output = join(folder, 'next');
    const yaml = join(folder, 'next.yaml');
    await writeFile(yaml, `${baseline}dashboard: true\n`);
    const app = await createApp({ baseline: yaml, outdir: output });
    app.synth();
    const clients = motoClients(served.url);
    const target = { stackName: 'Plumbline', account, region, clients };
    await deploy({ ...target, output, onLeftOut: () => {} });
    expect(await isOn()).toBe(true);
  }, 120_000);
});
