import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hostDocuments } from '../../hosts/index.ts';
import { UserError } from '../../support/user-error.ts';
import { written } from '../../support/written.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';

const usage = `Usage: plumbline documents --out <folder>

Writes the SSM documents that evaluate and harden hosts, as CreateDocument takes them.

  --out <folder>  the folder to write to; it is created where it is missing

Exit code: 0 written, 2 not.
Example: plumbline documents --out documents`;

/** Node's own recursive mkdir does not end where a parent cannot be made, such as below /proc. */
const makeFolder = async (folder: string): Promise<void> => {
  const whole = resolve(folder);
  const missing: string[] = [];
  for (let one = whole; !existsSync(one); one = dirname(one)) missing.unshift(one);
  for (const one of missing) await mkdir(one);
  if (!(await stat(whole)).isDirectory()) throw new UserError(`--out ${folder} is no folder`);
};

export const documents: Command = async (argv) => {
  const args = parsed(argv, { out: { type: 'string' } }, usage);
  if (!args) return 0;
  const { out } = args.values;
  if (out === undefined || out.trim() === '')
    throw new UserError('--out is missing; give a folder, such as --out documents');
  await makeFolder(out);
  for (const { name, content, sha256 } of hostDocuments()) {
    const file = join(out, `${name}.json`);
    await written(file, content);
    console.log(`${file}  ${Buffer.byteLength(content)} bytes  sha256 ${sha256}`);
  }
  return 0;
};
