import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { worldAt } from '../local/path/world.ts';
import { serve } from '../local/served.ts';
import { inProcess, program } from './run.ts';

const nobody = { accessKeyId: 'nobody', secretAccessKey: 'any' };

/** A local AWS that remediates as a baseline says, and the command line of alice on it. */
export const remediating = (
  baseline: string,
  {
    hasHost = false,
    files = {},
  }: {
    readonly hasHost?: boolean;
    /** Texts of files beside the baseline, by name. */
    readonly files?: Readonly<Record<string, string>>;
  } = {},
) => {
  let aws: Awaited<ReturnType<typeof serve>>;
  let folder = '';
  let file = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-'));
    file = join(folder, 'plumbline.yaml');
    const operators = 'operators: [arn:aws:iam::123456789012:user/alice]\n';
    await writeFile(file, baseline.includes('operators:') ? baseline : `${operators}${baseline}`);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    aws = await serve({ baseline: file, settlesAfterSeconds: 0, hasHost });
    Object.assign(process.env, environment());
  }, 180_000);
  afterAll(async () => {
    for (const name of Object.keys(environment())) delete process.env[name];
    await aws.end();
    await rm(folder, { recursive: true });
  });
  const environment = () => ({
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'alice',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const settings = () => ({ endpoint: aws.url, region: 'us-east-1' });
  return {
    url: () => aws.url,
    /** As one of the stack's functions. */
    as: (handler: string) => ({ ...settings(), credentials: aws.own[handler] ?? nobody }),
    instanceId: () => aws.instanceId ?? '',
    settings,
    environment,
    baseline: () => file,
    s3: () => new S3({ ...settings(), forcePathStyle: true }),
    /** A bucket without its block, once Plumbline knows. */
    openBucket: async (Bucket: string) => {
      const s3 = new S3({ ...settings(), forcePathStyle: true });
      const finding = { control: 'S3.8', resource: `arn:aws:s3:::${Bucket}` };
      await s3.createBucket({ Bucket });
      await s3.deletePublicAccessBlock({ Bucket });
      await worldAt(aws.url).finding({ ...finding, status: 'FAILED' });
    },
    /** Runs a command in this process. */
    cli: (...args: readonly string[]) => inProcess([...args, '--baseline', file]),
    /** Runs a command as a program. */
    program: (...args: readonly string[]) => program([...args, '--baseline', file], environment()),
  };
};
