import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { everyControl } from '../../lib/controls/every.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { bundle, everyHandler } from '../../lib/infrastructure/bundle.ts';
import { longTest, sampled } from '../extent.ts';

const handlers = everyHandler();
/** Those that make all that they work with before they look at what they are given. */
const onQueues = ['audit-hosts', 'evaluate', 'host-results', 'remediate', 'sweep'];
const baseline = {
  ...defaultBaseline(everyControl),
  hosts: {
    areas: ['ssh'],
    everyHours: 24,
    maxConcurrency: '10%',
    maxErrors: '10%',
    canary: '1',
    canaryMinutes: 10,
  },
};
const folder = mkdtempSync(join(tmpdir(), 'plumbline-bundle-'));
const made = await bundle(join(folder, 'first'), handlers, baseline);
afterAll(() => rmSync(folder, { recursive: true }));

const filesIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name).slice(path.length + 1),
        readFileSync(join(parentPath, name), 'utf8'),
      ]),
  );

const queue = 'https://sqs.us-east-1.amazonaws.com/123456789012/queue';
/** What the stack sets; there is no AWS behind it. */
const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  LAMBDA_TASK_ROOT: made.folder,
  POSTURE_TABLE: 'posture',
  LEDGER_TABLE: 'ledger',
  LEDGER_KEY_ARN: 'arn:aws:kms:us-east-1:123456789012:key/ledger',
  CHANGES_QUEUE_URL: queue,
  SWEEPS_QUEUE_URL: queue,
  PAGES_QUEUE_URL: queue,
  REMEDIATIONS_QUEUE_URL: queue,
  AUDITS_QUEUE_URL: queue,
  HOST_RESULTS_QUEUE_URL: queue,
  INBOX_URLS: queue,
  INBOX_SENDERS: 'AROAEXAMPLE',
  INBOX_HELD_SECONDS: '180',
  REMEDIATOR_ROLE_ARN: 'arn:aws:iam::123456789012:role/remediator',
  IMAGES_BUCKET: 'images',
  NOTICES_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:notices',
  SWITCH_PARAMETER: '/plumbline/remediation',
  BREAKERS_PATH: '/plumbline/breakers/',
  AUDIT_DOCUMENTS: '{}',
  CHANGE_DOCUMENTS: '{}',
  HEARTBEAT_KEYS: 'a#b#AWS::S3::Bucket#c',
  // Nothing is to be found outside of the folder.
  NODE_PATH: '',
};

/** Runs a program in a process of its own, where nothing but the bundle is, and answers what it prints last. */
const printed = async (program: string): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { env: environment, cwd: tmpdir() },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};
const fileOf = (name: string): string => JSON.stringify(join(made.folder, name));

/** What a handler answers that is given no message, once it has made its clients and all else. */
const answerTo = (handler: string, event: object): Promise<unknown> =>
  printed(
    `const { handler } = await import(${fileOf(`${handler}.mjs`)});
     const invokedFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:handler';
     console.log(JSON.stringify(await handler(${JSON.stringify(event)}, { invokedFunctionArn })));`,
  );

/** The files of the bundle that a handler loads before its first event. */
const loadedBy = async (handler: string): Promise<readonly string[]> => {
  const hooks = `export const load = (url, context, next) => {
    if (url.startsWith('file:')) process._rawDebug(url);
    return next(url, context);
  };`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { register } from 'node:module';
       register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hooks))});
       await import(${fileOf(`${handler}.mjs`)});`,
    ],
    { env: environment, cwd: tmpdir() },
  );
  return stderr.split('\n').filter((line) => line.startsWith('file:'));
};

/** The methods of each client that the bundle has, by the package it comes from. */
const methodsInBundle = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const parts = Object.keys(filesIn(made.folder)).filter((file) => /\/(client|lib)-/.test(file));
  const byFile = await printed(
    `const found = {};
     for (const file of ${JSON.stringify(parts)})
       for (const [name, one] of Object.entries(await import(${fileOf('')} + '/' + file)))
         if (!name.endsWith('Client')) found[file] = Object.getOwnPropertyNames(one.prototype);
     console.log(JSON.stringify(found));`,
  );
  return Object.fromEntries(
    Object.entries(Object(byFile)).map(([file, methods]) => [
      file.replace(/^parts\/|-\w+\.mjs$/g, ''),
      methods as readonly string[],
    ]),
  );
};

/** The calls that our sources write with the name of their service, `['s3', 'getBucketAcl']`. */
const namedCalls = (): readonly (readonly [service: string, operation: string])[] => {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('local/'),
  );
  return files.flatMap((file) =>
    [
      ...readFileSync(join('lib', file), 'utf8').matchAll(
        /\b(?:call|pages)\(\s*'(\w+)',\s*'(\w+)'/g,
      ),
    ].map(([, service = '', operation = '']) => [service, operation] as const),
  );
};
const packageOf: Readonly<Record<string, string>> = {
  apigateway: 'client-api-gateway',
  autoscaling: 'client-auto-scaling',
  cognitoidentity: 'client-cognito-identity',
  config: 'client-config-service',
  dms: 'client-database-migration-service',
  redshiftserverless: 'client-redshift-serverless',
  route53: 'client-route-53',
  elb: 'client-elastic-load-balancing',
  elbv2: 'client-elastic-load-balancing-v2',
  logs: 'client-cloudwatch-logs',
  s3control: 'client-s3-control',
  secretsmanager: 'client-secrets-manager',
};

interface Part {
  readonly bytes: number;
  readonly inputs: object;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}
const metafile = async (): Promise<{ readonly outputs: Readonly<Record<string, Part>> }> =>
  JSON.parse(await readFile(made.metafile, 'utf8'));
/** The file of a handler, and the parts that Node loads with it. */
const loadedAtOnce = (
  outputs: Readonly<Record<string, Part>>,
  handler: string,
): readonly Part[] => {
  const found = new Set(Object.keys(outputs).filter((file) => file.endsWith(`/${handler}.mjs`)));
  for (const file of found)
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement') found.add(path);
  return [...found].flatMap((file) => outputs[file] ?? []);
};

describe('the bundle', () => {
  it('holds each handler and the baseline', () => {
    const files = filesIn(made.folder);
    for (const handler of handlers) expect(files).toHaveProperty([`${handler}.mjs`]);
    expect(JSON.parse(files['baseline.json'] ?? '')).toEqual(JSON.parse(JSON.stringify(baseline)));
  });

  it.each(sampled(handlers, { quick: 4 }))('has all that %s needs at import', async (handler) => {
    const loaded = `const { handler } = await import(${fileOf(`${handler}.mjs`)});`;
    expect(await printed(`${loaded} console.log(JSON.stringify(typeof handler));`)).toBe(
      'function',
    );
  });

  it.each(sampled(onQueues, { quick: 4 }))(
    'has all that %s makes before it takes a message',
    async (handler) => {
      expect(await answerTo(handler, { Records: [] })).toEqual({ batchItemFailures: [] });
    },
  );

  it('has the operations of each service that are called, and few others', async () => {
    const methods = await methodsInBundle();
    const calls = namedCalls();
    expect(calls.length).toBeGreaterThan(100);
    const missing = calls.filter(
      ([service, operation]) =>
        !methods[packageOf[service] ?? `client-${service}`]?.includes(operation),
    );
    expect(missing).toEqual([]);
    expect(methods['lib-dynamodb']).toEqual(expect.arrayContaining(['batchGet', 'put', 'update']));
    expect(methods['client-ec2']?.length).toBeLessThan(80);
    const { outputs } = await metafile();
    const hub = Object.entries(outputs).find(([file]) => file.includes('/client-securityhub-'));
    expect(hub?.[1].bytes).toBeLessThan(50_000);
    // Node takes as long for it as for a client.
    expect(Object.values(filesIn(made.folder)).join('')).not.toContain('http2"');
  });

  longTest('is the same for the same sources, wherever it is made', async () => {
    const again = await bundle(join(folder, 'elsewhere', 'second'), handlers, baseline);
    expect(filesIn(again.folder)).toEqual(filesIn(made.folder));
  });

  it('has in few files what is loaded before the first event', async () => {
    const { outputs } = await metafile();
    const ready = Object.entries(outputs).find(([file]) => file.endsWith('/ready.mjs'));
    expect(Object.keys(ready?.[1].inputs ?? {})).toEqual(
      expect.arrayContaining([
        'lib/resources/s3/s3-bucket.ts',
        'lib/controls/s3/index.ts',
        'lib/services/kms.ts',
      ]),
    );
    const loaded = await loadedBy('evaluate');
    expect(loaded.filter((file) => /(evaluate|at-once|ready)\.mjs$/.test(file))).toHaveLength(3);
    expect(loaded.length).toBeLessThan(25);
  });

  it('names no path of the machine that made it', () => {
    const text = Object.values(filesIn(made.folder)).join('\n');
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain(folder);
  });

  it.each(['evaluate', 'config-rule'])(
    '%s loads less than 200 kB before its first event, and of the catalogue nothing',
    async (handler) => {
      const { outputs } = await metafile();
      const parts = loadedAtOnce(outputs, handler);
      const inputs = parts.flatMap((part) => Object.keys(part.inputs));
      const ofCatalogue = /^lib\/(controls|resources)\/|\/client-\w+\//;
      // Names and constants, whatever types there are.
      const named =
        /^lib\/resources\/(account\/(own-names|own-prefix|probes|switch-word)|most-used)\.ts$/;
      expect(inputs.filter((file) => ofCatalogue.test(file) && !named.test(file))).toEqual([]);
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(200_000);
    },
  );
});
