import { type StdioOptions, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DocumentSource, scriptOf } from '../../lib/hosts/compile.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../lib/hosts/index.ts';

/** One verdict as the audit prints it. */
export interface Result {
  readonly id: string;
  readonly s: 'PASS' | 'FAIL' | 'NA' | 'UNKNOWN';
  readonly e?: string;
  readonly p?: boolean;
  readonly why?: string;
}
export interface Report {
  readonly v: number;
  readonly document: string;
  readonly host: Readonly<Record<string, string>>;
  readonly areas: readonly string[];
  readonly results: readonly Result[];
  readonly error?: string;
}
export type Files = Readonly<
  Record<string, string | { readonly text: string; mode: number } | { readonly link: string }>
>;

const parameters = { Areas: 'all', Controls: 'all', Parameters: 'none' };
const environmentOf = (given: Readonly<Record<string, string>>) => ({
  PATH: process.env['PATH'],
  ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`SSM_${name}`, value])),
});

/** A pipe of Node is a socket: whoever has one for its input is a bash that was logged into, and reads ~/.bashrc first. */
export const noInput: StdioOptions = ['ignore', 'pipe', 'pipe'];

/** Runs a script as the SSM agent does: a file that sh starts. */
export const run = (script: string, environment: NodeJS.ProcessEnv) => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-script-'));
  const file = join(folder, '_script.sh');
  writeFileSync(file, script, { mode: 0o700 });
  const { status, stdout, stderr } = spawnSync('sh', ['-c', file], {
    env: environment,
    encoding: 'utf8',
    stdio: noInput,
  });
  rmSync(folder, { recursive: true, force: true });
  return { status, stdout, stderr };
};

export const runDocument = (
  source: DocumentSource,
  preamble: readonly string[],
  given: Readonly<Record<string, string>> = {},
) => run(scriptOf(source, 'test', preamble), environmentOf({ ...parameters, ...given }));

/** What a document says that evaluates one control. */
export const onlyResult = (
  source: DocumentSource,
  preamble: readonly string[],
  given: Readonly<Record<string, string>> = {},
): Result => {
  const { stdout, stderr } = runDocument(source, preamble, given);
  if (stderr !== '') throw new Error(stdout + stderr);
  const report: Report = JSON.parse(stdout);
  const [result, ...others] = report.results;
  if (!result || others.length > 0) throw new Error(`not one verdict: ${stdout}`);
  return result;
};

/** Puts files into a folder; what is there is replaced, never written through a link. */
export const put = (root: string, files: Files): void => {
  for (const [path, file] of Object.entries(files)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    if (typeof file === 'object' && 'link' in file) {
      symlinkSync(file.link, target);
      continue;
    }
    const { text, mode } = typeof file === 'string' ? { text: file, mode: 0o644 } : file;
    writeFileSync(target, text);
    chmodSync(target, mode);
  }
};

/** What `audited` evaluates: a document has room for a few areas at once. */
export const auditedControls = hostControls.filter(
  ({ area }) => area === 'ssh' || area === 'kernel',
);

/** The verdicts of these controls on a folder that stands for a host, by control. */
export const audited = (
  root: string,
  given: Readonly<Record<string, string>> = {},
  preamble: readonly string[] = [],
): ReadonlyMap<string, Result> => {
  const { stdout, stderr, status } = runDocument(
    auditHost(auditedControls),
    [`ROOT=${root}`, ...preamble],
    given,
  );
  if (status !== 0 || stderr !== '') throw new Error(`exit ${status}: ${stdout}${stderr}`);
  const report: Report = JSON.parse(stdout);
  return new Map(report.results.map((result) => [result.id, result]));
};

/** A folder for one test, gone afterwards. */
export const withFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-root-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
