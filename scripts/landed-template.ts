import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { askedOf } from './script-arguments.ts';
import { type Summaries, summaryOf, type Template } from './template-summary.ts';

const usage = `Usage: npm run landed-template -- <commit>

Keeps what the templates of a commit were, whose stack is out there, for the test of updates.`;
const root = fileURLToPath(new URL('..', import.meta.url));
const kept = 'test/infrastructure/landed-template.json';
/** A whole template, which the local AWS updates: small, and with remediation. */
const whole = 'test/local/deploy/landed-remediate.json.gz';
const remediating = 'presets: []\ncontrols: { S3.8: { mode: remediate } }\n';
const program = (baseline: string, outdir: string) => `
  const { createApp } = await import('./lib/infrastructure/app.ts');
  const app = await createApp(${JSON.stringify({ baseline, outdir })});
  app.synth();`;

/** As it is kept: what has nothing but a type is that type. */
const briefly = (summaries: Summaries) =>
  Object.fromEntries(
    Object.entries(summaries).map(([id, summary]) => [
      id,
      Object.keys(summary).length === 1 ? summary.type : summary,
    ]),
  );

/** The template that a checkout makes of a baseline. */
const landedIn = (checkout: string, folder: string, yaml: string): Template => {
  const baseline = join(folder, 'plumbline.yaml');
  const outdir = join(folder, 'out');
  writeFileSync(baseline, yaml);
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program(baseline, outdir)];
  execFileSync(process.execPath, args, { cwd: checkout, stdio: 'inherit' });
  return JSON.parse(readFileSync(join(outdir, 'Plumbline.template.json'), 'utf8'));
};

/**
 * Keeps what the templates of a commit were, for the test of updates: `npm run landed-template -- <commit>`, once a
 * release. Of most the whole template is too large to keep.
 */
const [commit = ''] = askedOf({}, usage, 1).positionals;
const { everything } = await import('../test/infrastructure/baselines.ts');
const baselines = { defaults: '{}\n', hosts: 'hosts: true\n', plans: 'mode: plan\n', everything };
const folder = mkdtempSync(join(tmpdir(), 'plumbline-landed-'));
const checkout = join(folder, 'checkout');
const git = (...args: readonly string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
git('worktree', 'add', '--detach', checkout, commit);
try {
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  const landed = Object.entries(baselines).map(([name, yaml]) => [
    name,
    { baseline: yaml, resources: briefly(summaryOf(landedIn(checkout, folder, yaml))) },
  ]);
  const template = JSON.stringify(landedIn(checkout, folder, remediating));
  writeFileSync(join(root, whole), gzipSync(template, { level: 9 }));
  const text = { commit: git('rev-parse', commit), templates: Object.fromEntries(landed) };
  writeFileSync(join(root, kept), JSON.stringify(text, undefined, 2));
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', kept], { cwd: root });
} finally {
  git('worktree', 'remove', '--force', checkout);
  rmSync(folder, { recursive: true, force: true });
}
