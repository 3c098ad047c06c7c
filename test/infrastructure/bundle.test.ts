import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { bundle } from '../../lib/infrastructure/bundle.ts';

const handlers = ['evaluate', 'sweep', 'heartbeat', 'config-rule'];
const baseline = defaultBaseline(await allControls());
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

/** Loads a handler in a process of its own, as Lambda does, and says which files it took. */
const loaded = async (handler: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { handler } = await import(${JSON.stringify(join(made.folder, `${handler}.mjs`))});
       console.log(typeof handler);`,
    ],
    {
      env: {
        AWS_REGION: 'us-east-1',
        LAMBDA_TASK_ROOT: made.folder,
        POSTURE_TABLE: 'posture',
        HEARTBEAT_KEYS: 'a#b#AWS::S3::Bucket#c',
        // Nothing is to be found outside of the folder.
        NODE_PATH: '',
      },
      cwd: tmpdir(),
    },
  );
  return stdout.trim();
};

describe('the bundle', () => {
  it('holds each handler and the baseline', () => {
    const files = filesIn(made.folder);
    for (const handler of handlers) expect(files).toHaveProperty([`${handler}.mjs`]);
    expect(JSON.parse(files['baseline.json'] ?? '')).toEqual(JSON.parse(JSON.stringify(baseline)));
  });

  it.each(handlers)('has all that %s needs at import', async (handler) => {
    expect(await loaded(handler)).toBe('function');
  });

  it('is the same for the same sources, wherever it is made', async () => {
    const again = await bundle(join(folder, 'elsewhere', 'second'), handlers, baseline);
    expect(filesIn(again.folder)).toEqual(filesIn(made.folder));
  });

  it('names no path of the machine that made it', () => {
    const text = Object.values(filesIn(made.folder)).join('\n');
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain(folder);
  });

  it('loads the clients of services apart from the handlers', () => {
    const { outputs }: { outputs: Record<string, { entryPoint?: string; imports: object[] }> } =
      JSON.parse(readFileSync(made.metafile, 'utf8'));
    const [, evaluate] =
      Object.entries(outputs).find(([file]) => file.endsWith('handlers/evaluate.mjs')) ?? [];
    const inputs = Object.keys(Reflect.get(evaluate ?? {}, 'inputs'));
    expect(inputs.filter((file) => /client-(ec2|iam|rds|s3)\//.test(file))).toEqual([]);
  });
});
