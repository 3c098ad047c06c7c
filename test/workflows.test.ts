import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { debian12, ubuntu2404 } from '../lib/local/hosts/distributions.ts';
import { asRecord, list } from '../lib/support/untyped.ts';

const folder = new URL('../.github/workflows/', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const jobsOf = (name: string) => asRecord(asRecord(parse(textOf(name)))['jobs']);
const jobs = jobsOf('ci.yml');
const commandsOf = (job: unknown): readonly string[] =>
  list(asRecord(job)['steps']).map((step) => String(asRecord(step)['run'] ?? ''));
const matrixOf = (job: unknown) => asRecord(asRecord(asRecord(job)['strategy'])['matrix']);

test.each(readdirSync(folder))('%s names each action by a commit', (name) => {
  const used = [...textOf(name).matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
});

test('each project of tests is run by one job', () => {
  const run = Object.values(jobs)
    .flatMap(commandsOf)
    .flatMap((command) => [...command.matchAll(/--selectProjects (\S+)/g)].map(([, name]) => name));
  const config = readFileSync(new URL('../jest.config.mjs', import.meta.url), 'utf8');
  const projects = [...config.matchAll(/displayName: '([\w-]+)'/g)].map(([, name]) => name);
  expect(run.toSorted()).toEqual(projects.toSorted());
});

test('each distribution that is booted with each change has a job', () => {
  expect(matrixOf(jobs['hosts'])['distribution']).toEqual([debian12.name, ubuntu2404.name]);
  expect(commandsOf(jobs['hosts']).join('\n')).toMatch(
    /PLUMBLINE_DISTRIBUTION=\$\{\{ matrix\.distribution \}\} npm run unit/,
  );
});

test('what is checked without tests is all that npm test checks', () => {
  const commands = commandsOf(jobs['static']).join('\n');
  const checks = readFileSync(new URL('../scripts/check.mjs', import.meta.url), 'utf8');
  for (const script of ['lint', 'types', 'generate', 'synth']) {
    expect(checks).toMatch(`'${script}'`);
    expect(commands).toMatch(`npm run ${script}`);
  }
});
