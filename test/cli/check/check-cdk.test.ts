import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Domain, EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { inProcess } from '../run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-cdk-'));
  synthesize(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stage with a stack, which has another one within. */
const synthesize = (outdir: string): void => {
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const env = { account: '444455556666', region: 'eu-west-1' };
  const stack = new Stack(new Stage(app, 'Prod', { env }), 'Shop');
  const inner = new NestedStack(stack, 'Inner');
  new Bucket(stack, 'Kept', { versioned: true });
  const orders = new Bucket(stack, 'Orders');
  const drafts = new Bucket(stack, 'Drafts');
  new Bucket(inner, 'Logs');
  Validations.of(orders).acknowledge({ id: 'Plumbline::S3.14', reason: 'a scratch bucket' });
  const task = new CfnTaskDefinition(stack, 'Agent', {
    containerDefinitions: [{ name: 'agent', image: 'agent:1', privileged: true }],
  });
  Validations.of(task).acknowledge({ id: 'Plumbline::PL.CONTAINER.1', reason: 'it is the agent' });
  Validations.of(drafts).acknowledge({ id: 'Plumbline::S3.14', reason: ' ' });
  // Of cdk-nag, of the CDK itself, and two that somebody mistyped.
  Validations.of(drafts).acknowledge(
    { id: 'AwsSolutions-S1', reason: 'a rule of another plugin' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'a finding of another plugin' },
    { id: '@aws-cdk/aws-s3:accessLogs', reason: 'a warning of the CDK' },
    { id: 'S3.9999', reason: 'a mistake without a namespace' },
    { id: 'Plumbline::S3-14', reason: 'a mistake with one' },
  );
  app.synth();
};

/** What the CDK leaves to functions of its own, which a template shows as custom resources. */
const synthesizeCustom = (outdir: string): void => {
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'Search');
  const told = new SnsDestination(new Topic(stack, 'Told'));
  new Bucket(stack, 'Orders').addEventNotification(EventType.OBJECT_CREATED, told);
  const anybody = new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['es:*'],
    resources: [`arn:aws:es:${stack.region}:${stack.account}:domain/*`],
  });
  const version = EngineVersion.OPENSEARCH_2_19;
  new Domain(stack, 'Open', { version, accessPolicies: [anybody] });
  new Domain(stack, 'Closed', { version });
  app.synth();
};

describe('check, of an output of the CDK', () => {
  it('is told where its manifest is no JSON', async () => {
    const cut = mkdtempSync(join(tmpdir(), 'plumbline-cdk-cut-'));
    try {
      cpSync(folder, cut, { recursive: true });
      writeFileSync(join(cut, 'manifest.json'), '{"version":');
      const { code, stderr } = await inProcess(['check', cut, '--control', 'S3.14', '--quiet']);
      expect(code).toBe(2);
      expect(stderr).toContain(`${cut}: its manifest.json is not there, or is no JSON\n`);
    } finally {
      rmSync(cut, { recursive: true });
    }
  });
  it('evaluates what custom resources of the CDK set', async () => {
    const custom = mkdtempSync(join(tmpdir(), 'plumbline-cdk-custom-'));
    synthesizeCustom(custom);
    const asked = ['check', custom, '--control', 'S3.11,PL.OPENSEARCH.1', '--all', '--json'];
    const { stdout } = await inProcess(asked);
    rmSync(custom, { recursive: true });
    const { results, passedOver } = JSON.parse(stdout);
    const found = results.map((one: Record<string, string>) => [
      one['construct'],
      one['control'],
      one['status'],
    ]);
    expect(found.toSorted()).toEqual([
      ['Search/Closed', 'PL.OPENSEARCH.1', 'PASS'],
      ['Search/Open', 'PL.OPENSEARCH.1', 'FAIL'],
      ['Search/Orders', 'S3.11', 'PASS'],
    ]);
    expect(JSON.stringify(passedOver)).not.toContain('Custom::S3BucketNotifications');
  }, 60_000);
  it('follows stages and nested stacks, and names constructs, accounts and where the app makes them', async () => {
    const { code, stdout } = await inProcess(['check', folder, '--control', 'S3.14', '--json']);
    expect(code).toBe(1);
    const { results, files } = JSON.parse(stdout);
    expect(files).toBe(2);
    const found = new Map<string, Record<string, unknown>>(
      results.map((one: { construct: string }) => [one.construct, one]),
    );
    expect([...found.keys()].toSorted()).toEqual([
      'Prod/Shop/Drafts',
      'Prod/Shop/Inner/Logs',
      'Prod/Shop/Orders',
    ]);
    for (const [name, line] of [
      ['Drafts', "new Bucket(stack, 'Drafts')"],
      ['Inner/Logs', "new Bucket(inner, 'Logs')"],
    ] as const) {
      const one = found.get(`Prod/Shop/${name}`);
      expect(one).toMatchObject({ region: 'eu-west-1', status: 'FAIL' });
      const { file, line: at } = Object(one)['madeAt'];
      expect(file).toBe('test/cli/check/check-cdk.test.ts');
      expect(readFileSync(file, 'utf8').split('\n')[at - 1]).toContain(line);
    }
  });
  it('takes what is acknowledged with a reason for exempted', async () => {
    const { stdout, stderr } = await inProcess(['check', folder, '--control', 'S3.14', '--json']);
    const { results } = JSON.parse(stdout);
    const exempted = results.filter((one: { exemption?: object }) => one.exemption !== undefined);
    expect(exempted).toMatchObject([
      {
        construct: 'Prod/Shop/Orders',
        exemption: { reason: 'a scratch bucket', owner: 'the CDK app, at Prod/Shop/Orders' },
      },
    ]);
    expect(stderr).toContain(
      'the acknowledgement of S3.14 at Prod/Shop/Drafts gives no reason, and does not count',
    );
  });
  it('leaves the rules of other plugins to them', async () => {
    const { stderr } = await inProcess(['check', folder, '--control', 'S3.14']);
    const told = new Set(stderr.match(/the acknowledgement of \S+/g));
    expect([...told].toSorted()).toEqual([
      'the acknowledgement of S3-14',
      'the acknowledgement of S3.14',
      'the acknowledgement of S3.9999',
    ]);
  });
  it('takes it so for containers of a task definition, and says where the app makes that', async () => {
    const asked = ['check', folder, '--control', 'PL.CONTAINER.1', '--json'];
    const { code, stdout } = await inProcess(asked);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results).toMatchObject([
      {
        construct: 'Prod/Shop/Agent',
        madeAt: { file: 'test/cli/check/check-cdk.test.ts' },
        exemption: { reason: 'it is the agent', owner: 'the CDK app, at Prod/Shop/Agent' },
      },
    ]);
  });
  it('points SARIF and annotations into the app', async () => {
    const asked = ['check', folder, '--control', 'S3.14', '--format'];
    const [{ results }] = JSON.parse((await inProcess([...asked, 'sarif'])).stdout).runs;
    for (const { locations } of results)
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe(
        'test/cli/check/check-cdk.test.ts',
      );
    const { stdout } = await inProcess([...asked, 'github']);
    expect(stdout).toContain('file=test/cli/check/check-cdk.test.ts,line=');
  });
});
