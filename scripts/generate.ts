import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../lib/support/user-error.ts';
import { askedOf } from './script-arguments.ts';

const usage = `Usage: npm run generate [-- --check]

Writes indexes, tables and pages from the sources.

  --check  writes nothing, and exits with 1 where one is out of date`;

const main = async (root: string, check: boolean): Promise<void> => {
  // The catalogue is loaded only where something is to be generated.
  const { generated, outdated } = await import('./generated/generated.ts');
  const files = await generated(root);
  const { stale, removed } = await outdated(root, files);
  if (check && stale.length + removed.length > 0)
    throw new UserError(`out of date: ${[...stale, ...removed].join(', ')}; run npm run generate`);
  for (const file of stale) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), files.get(file) ?? '');
  }
  await Promise.all(removed.map((file) => rm(join(root, file))));
  console.log(check ? 'generated files are current' : `${stale.length + removed.length} changed`);
};

const { values } = askedOf({ check: { type: 'boolean', default: false } }, usage);
main(fileURLToPath(new URL('..', import.meta.url)), values.check).catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
