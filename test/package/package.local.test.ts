import { spawnSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { createApp } from '../../lib/infrastructure/app.ts';
import { extent, sampled } from '../extent.ts';

const repository = process.cwd();
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const quiet = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

const run = (command: string, args: readonly string[], cwd: string, env = {}) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...quiet, ...env },
  });
  return { status, stdout, stderr };
};

/** What an app asks for: everything that the stack can have. */
const baseline = {
  mode: 'plan',
  hosts: true,
  securityHub: true,
  configRules: true,
  dashboard: true,
  controls: { 'S3.8': { mode: 'remediate' }, 'IAM.3': { parameters: { maxAgeDays: 60 } } },
};
const appOf = (synth: string, isValidated: boolean) => `import { App } from 'aws-cdk-lib';
import { PlumblineStack, type PlumblineStackProps } from '${manifest.name}/cdk';

const props: PlumblineStackProps = {
  baseline: ${JSON.stringify(baseline)},
};
const app = new App({
  outdir: '${synth}',
  analyticsReporting: false,
  builtinCloudFormationValidation: ${isValidated},
});
const stack: PlumblineStack = new PlumblineStack(app, 'Plumbline', props);
// @ts-expect-error: a key that a baseline does not have
new PlumblineStack(app, 'Other', { baseline: { modes: 'plan' } }) satisfies PlumblineStack;
`;
/** Without the line that is wrong on purpose, which a run would refuse. */
const runnable = (text: string) =>
  text.replace(/\/\/ @ts-expect-error.*\n.*\n/, 'app.synth();\nstack.stackName;\n');

/** The app zips what was built for the package: what the template says of the code differs. */
const templateIn = (folder: string) =>
  JSON.parse(
    readFileSync(join(folder, 'Plumbline.template.json'), 'utf8')
      .replaceAll(/[0-9a-f]{64}\.zip/g, 'code.zip')
      .replaceAll(/"[A-Za-z0-9+/]{43}="/g, '"sha256"'),
  );

/** What is synthesised of the same baseline from our sources. */
const ourTemplate = async (folder: string): Promise<unknown> => {
  const [file, outdir] = [join(folder, 'plumbline.yaml'), join(folder, 'ours')];
  writeFileSync(file, JSON.stringify(baseline));
  (await createApp({ baseline: file, outdir })).synth();
  return templateIn(outdir);
};

describe('the package, in a CDK app of somebody else', () => {
  let app = '';
  let ours: unknown;
  let packed: readonly string[] = [];
  const installed = () => join(app, 'node_modules', manifest.name);
  const plumbline = (...args: readonly string[]) =>
    run(join(app, 'node_modules', '.bin', 'plumbline'), args, app, {
      HOME: app,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });

  beforeAll(() => {
    app = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-foreign-')));
    const { status, stdout, stderr } = run(
      'npm',
      ['pack', '--json', '--pack-destination', app],
      repository,
    );
    if (status !== 0) throw new Error(stderr);
    const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
    packed = files.map(({ path }: { path: string }) => path);
    writeFileSync(
      join(app, 'package.json'),
      JSON.stringify({ name: 'foreign', private: true, type: 'module' }),
    );
    const tarball = join(app, filename.replace('@', '').replace('/', '-'));
    const install = run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], app);
    if (install.status !== 0) throw new Error(install.stderr);
    mkdirSync(join(app, 'node_modules', '@types'));
    for (const name of ['aws-cdk-lib', 'constructs', '@types/node'])
      symlinkSync(join(repository, 'node_modules', name), join(app, 'node_modules', name));
  }, 180_000);
  afterAll(() => rmSync(app, { recursive: true, force: true }));

  it('is what was built, and nothing of the repository or of this machine', () => {
    const kinds = packed.map((path) =>
      path.replace(/^dist\/(?:handlers\/|shell\/|[^/]*$).*/, 'dist'),
    );
    expect([...new Set(kinds)].toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/kept-code.cjs',
      'bin/plumbline.cjs',
      'dist',
      'package.json',
    ]);
    expect(packed.filter((path) => /test|\.(?<!d\.[mc])ts$/.test(path))).toEqual([]);
    for (const path of packed)
      expect([path, readFileSync(join(installed(), path), 'utf8').includes(repository)]).toEqual([
        path,
        false,
      ]);
  });

  it('takes less than 120 MB, installed', () => {
    const files = readdirSync(installed(), { recursive: true, withFileTypes: true });
    const sizes = files.map((file) => lstatSync(join(file.parentPath, file.name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(120e6);
  });

  it('needs nothing else, and offers nothing but the stack', async () => {
    expect(readdirSync(join(app, 'node_modules')).toSorted()).toEqual(
      [
        '.bin',
        '.package-lock.json',
        '@types',
        manifest.name.split('/')[0],
        'aws-cdk-lib',
        'constructs',
      ].toSorted(),
    );
    const inside = `${manifest.name}/dist/cdk.mjs`;
    const { stderr } = run(process.execPath, ['-e', `import('${inside}')`], app);
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    // An app that is no module synthesises with it every night.
    const required = `console.log(Object.keys(require('${manifest.name}/cdk')).sort().join())`;
    const imported = `import('${manifest.name}/cdk').then((all) => console.log(Object.keys(all).sort().join()))`;
    const [cjs, mjs] = [required, imported].map((text) => run(process.execPath, ['-e', text], app));
    expect(cjs?.stdout).toContain('PlumblineStack');
    expect(cjs?.stdout).toBe(mjs?.stdout);
    expect(manifest.private).toBe(true);
  });

  /** The CDK's own rules take seconds, and see the template that our own synth shows them. */
  const apps = ['mts', 'cts'].map((kind) => ({
    kind,
    made: `cdk.out.${kind}`,
    text: appOf(`cdk.out.${kind}`, kind === 'mts' && extent === 'exhaustive'),
  }));
  it('has types that an app is checked against, as a module and not', () => {
    for (const { kind, text } of apps) writeFileSync(join(app, `checked.${kind}`), text);
    for (const { kind, text } of apps) writeFileSync(join(app, `app.${kind}`), runnable(text));
    const settings = {
      compilerOptions: {
        module: 'NodeNext',
        target: 'ES2022',
        strict: true,
        skipLibCheck: true,
        types: ['node'],
      },
      // The compiler reads the types of the whole CDK once for all of them.
      files: apps.flatMap(({ kind }) => [`checked.${kind}`, `app.${kind}`]),
    };
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    expect(run(process.execPath, [tsc, '--checkers', '1', '-p', app], app)).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    // A minute on a machine that is busy with other tests.
  }, 300_000);

  it.each(sampled(apps, { usual: 2 }))(
    'gives an app the template that ours has: $kind',
    async ({ kind, made }) => {
      const file = `app.${kind.replace('ts', 'js')}`;
      const { status, stderr } = run(process.execPath, [file], app);
      expect([status, stderr]).toEqual([0, '']);
      ours ??= await ourTemplate(app);
      expect(templateIn(join(app, made))).toEqual(ours);
      const [zip = ''] = readdirSync(join(app, made)).filter((name) =>
        /^asset\..*\.zip$/.test(name),
      );
      const names = Object.keys(unzipSync(readFileSync(join(app, made, zip))));
      expect(names).toEqual(
        expect.arrayContaining(['baseline.json', 'evaluate.mjs', 'remediate.mjs']),
      );
    },
    120_000,
  );

  it('evaluates the templates of an app when it is synthesized, but for what that acknowledges', () => {
    const text = `import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PlumblineValidation } from '${manifest.name}/cdk';

const options = { analyticsReporting: false, builtinCloudFormationValidation: false };
const app = new App({ outdir: 'validated', ...options });
const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
const nested = new NestedStack(stack, 'Inner');
const orders = new Bucket(stack, 'Orders');
new Bucket(nested, 'Logs', { versioned: process.env.VERSIONED === 'yes' });
Validations.of(orders).acknowledge({ id: 'Plumbline::S3.14', reason: process.env.REASON });
Validations.of(app).addPlugins(new PlumblineValidation({ controls: ['S3.14'] }));
app.synth();
`;
    writeFileSync(join(app, 'validating.mjs'), text);
    const reportOf = (env: Readonly<Record<string, string>>) => {
      const { status } = run(process.execPath, ['validating.mjs'], app, env);
      const { pluginReports } = JSON.parse(
        readFileSync(join(app, 'validated', 'validation-report.json'), 'utf8'),
      );
      const [{ violations, suppressedViolations = [] }] = pluginReports;
      const paths = (all: readonly { violatingConstructs: { constructPath: string }[] }[]) =>
        all.flatMap((one) => one.violatingConstructs.map(({ constructPath }) => constructPath));
      return { status, failed: paths(violations), left: paths(suppressedViolations) };
    };
    const orders = 'Prod/Shop/Orders/Resource';
    const logs = 'Prod/Shop/Inner/Logs/Resource';
    expect(reportOf({ REASON: 'a scratch bucket', VERSIONED: 'no' })).toEqual({
      status: 1,
      failed: [logs],
      left: [orders],
    });
    expect(reportOf({ REASON: 'a scratch bucket', VERSIONED: 'yes' })).toEqual({
      status: 0,
      failed: [],
      left: [orders],
    });
    expect(reportOf({ REASON: ' ', VERSIONED: 'yes' })).toEqual({
      status: 1,
      failed: [orders],
      left: [],
    });
  }, 120_000);

  it('takes no options of the plugin that would be taken for others', () => {
    const wrong = {
      '{failOn: "high"}': 'failOn is high; allowed: CRITICAL, HIGH, MEDIUM, LOW',
      '{failon: "HIGH"}': 'there is no option failon; did you mean failOn?',
      '{controls: []}': 'controls is no list of ids; leave it out for those of the baseline',
      '{requireExplicit: "no"}': 'requireExplicit is no; allowed: true, false',
    };
    const tries = Object.keys(wrong).map(
      (given) =>
        `try { new PlumblineValidation(${given}); } catch (error) { console.log(error.message); }\n`,
    );
    const text = `import { PlumblineValidation } from '${manifest.name}/cdk';\n${tries.join('')}`;
    writeFileSync(join(app, 'wrong.mjs'), text);
    const said = Object.values(wrong).map((why) => `PlumblineValidation: ${why}\n`);
    expect(run(process.execPath, ['wrong.mjs'], app)).toEqual({
      status: 0,
      stdout: said.join(''),
      stderr: '',
    });
  });
  it('has its sentence seen where Node prints the line that throws', () => {
    const text = `import { PlumblineValidation } from '${manifest.name}/cdk';\nnew PlumblineValidation({ failOn: 'high' });\n`;
    writeFileSync(join(app, 'wrong.mjs'), text);
    const { status, stderr } = run(process.execPath, ['wrong.mjs'], app);
    expect(status).toBe(1);
    expect(stderr).toContain('PlumblineValidation: failOn is high; allowed: ');
    expect(stderr.length).toBeLessThan(3_000);
  });
  it.each(
    sampled(
      [
        ['{controls: ["S3.99"]}', 'there is no control S3.99; did you mean S3.19?'],
        ['{baseline: "nope.yaml"}', 'the baseline nope.yaml: there is no such file'],
      ],
      { usual: 2 },
    ),
  )('ends the synthesis where the plugin cannot evaluate: %s', (given, why) => {
    const text = `import { App, Stack, Validations } from 'aws-cdk-lib';
import { PlumblineValidation } from '${manifest.name}/cdk';
const app = new App({ outdir: 'wrong', analyticsReporting: false, builtinCloudFormationValidation: false });
new Stack(app, 'Shop');
Validations.of(app).addPlugins(new PlumblineValidation(${given}));
app.synth();
`;
    writeFileSync(join(app, 'wrong.mjs'), text);
    const { status, stderr } = run(process.execPath, ['wrong.mjs'], app);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`failed: ${why}\n`)]);
  });

  describe('evaluates what is declared without our sources', () => {
    const shop = 'examples/shop.yaml';
    beforeAll(() => {
      cpSync(join(repository, 'test/templates/examples'), join(app, 'examples'), {
        recursive: true,
      });
      writeFileSync(
        join(app, 'examples', 'pod.yaml'),
        'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web:1, securityContext: {privileged: true}}]}\n',
      );
    });
    // The formats are those of test/cli/check: here, that the package has what makes them.
    it.each(
      sampled(
        [
          ['text', /^examples\/shop\.yaml:30:3 {2}HIGH {2}EC2\.14 /],
          ['json', /^\{\n {2}"schema": "plumbline-check\//],
          ['sarif', /^\{\n {2}"\$schema": .*sarif-2\.1\.0/],
          ['junit', /^<\?xml .*\n<testsuites/],
          ['github', /^::error file=examples\/shop\.yaml,line=30/],
          ['gitlab', /^\[\n {2}\{\n {4}"description": "Web: tcp 3389/],
          ['markdown', /^## Plumbline\n/],
        ],
        { usual: 4 },
      ),
    )('as %s', (format, said) => {
      const asked = ['check', shop, '--control', 'EC2.14', '--format', format];
      expect(plumbline(...asked)).toEqual({
        status: 1,
        stdout: expect.stringMatching(said),
        stderr: '',
      });
    });
    it.each([
      [
        'a plan beside its sources',
        'examples/plan',
        /^examples\/plan\/main\.tf:34:1 {2}HIGH {2}EC2\.14/,
      ],
      ['a manifest', 'examples/pod.yaml', /^examples\/pod\.yaml:.* {2}PL\.CONTAINER\.1 /],
    ])('of %s', (_, path, said) => {
      expect(plumbline('check', path, '--control', 'EC2.14,PL.CONTAINER.1')).toEqual({
        status: 1,
        stdout: expect.stringMatching(said),
        stderr: '',
      });
    });
    it('with patches and fixes', () => {
      const asked = ['check', shop, 'examples/plan', '--control', 'EC2.14'];
      const { status, stdout, stderr } = plumbline(...asked, '--patch');
      expect([status, stderr]).toEqual([1, '']);
      expect(stdout).toContain('\n-  FromAnywhere:\n');
      expect(stdout).toContain('remove aws_vpc_security_group_ingress_rule.rdp');
      expect(plumbline('check', shop, '--control', 'EC2.14', '--fix')).toEqual({
        status: 0,
        stdout: '3 resources in 1 file: 0 failed, 0 exempted, 0 unknown, 1 passed.\n',
        stderr: '1 failure put right in 1 file.\n',
      });
      cpSync(join(repository, 'test/templates/examples/shop.yaml'), join(app, shop));
    });
    it.each(
      sampled(
        [
          [['nope.yaml'], 'nope.yaml: there is no such file\n'],
          [
            ['examples/plan/main.tf'],
            'examples/plan/main.tf: sources of Terraform are not evaluated, but plans of them: terraform show -json\n',
          ],
          [[shop, '--control', 'S3.99'], 'there is no control S3.99; did you mean S3.19?\n'],
          [
            [shop, '--live'],
            'Nothing answers at http://127.0.0.1:1 (ECONNREFUSED): is the local AWS running?\n',
          ],
          [
            [shop, '--new-only', 'nobranch'],
            '--new-only nobranch: there is no such file, and this folder is in no repository of git\n',
          ],
        ] as const,
        { usual: 3 },
      ),
    )('and says what is wrong: %j', (asked, why) => {
      expect(plumbline('check', ...asked)).toMatchObject({ status: 2, stderr: why });
    });
  });

  it('has a command line that answers at once: in 150 ms where Node itself starts in 40', () => {
    const medianOf = (start: () => unknown) => {
      const times = Array.from({ length: 7 }, () => {
        const begun = performance.now();
        start();
        return performance.now() - begun;
      });
      return times.toSorted((a, b) => a - b)[3] ?? 0;
    };
    // Others may be busy on this machine, and both are as slow as they make them.
    const node = medianOf(() => run(process.execPath, ['-e', ''], app));
    const ours = medianOf(() =>
      expect(plumbline('--version')).toEqual({
        status: 0,
        stdout: `${manifest.version}\n`,
        stderr: '',
      }),
    );
    expect(ours / node).toBeLessThan(150 / 40);
  });

  it('has a command line that works without our sources', () => {
    expect(plumbline('help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npx --no-install plumbline <command>/),
      stderr: '',
    });
    expect(plumbline('scan', '--regoin', 'eu-west-1')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'there is no option --regoin; did you mean --region?\n',
    });
    expect(plumbline('scan')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Nothing answers at http://127.0.0.1:1 (ECONNREFUSED): is the local AWS running?\n',
    });
    expect(plumbline('explain', 'S3.8').stdout).toMatch(/^S3\.8 {2}S3 general purpose/);
    expect(plumbline('documents', '--out', join(app, 'documents'))).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readdirSync(join(app, 'documents')).length).toBeGreaterThan(5);
    expect(plumbline('local')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^the local AWS is not in the package/),
    });
  });
});
