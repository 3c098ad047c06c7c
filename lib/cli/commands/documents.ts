import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostDocuments } from '../../hosts/index.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';

const usage = `Usage: plumbline documents --out <folder>

Writes the SSM documents that judge and harden hosts, as CreateDocument takes them.

  --out <folder>  where to; made if it is not there`;

export const documents: Command = async (argv) => {
  const args = parsed(argv, { out: { type: 'string' } }, usage);
  if (!args) return 0;
  const { out } = args.values;
  if (out === undefined) throw new UserError(usage);
  await mkdir(out, { recursive: true });
  for (const { name, content, sha256 } of hostDocuments()) {
    const file = join(out, `${name}.json`);
    await writeFile(file, content);
    console.log(`${file}  ${Buffer.byteLength(content)} bytes  sha256 ${sha256}`);
  }
  return 0;
};
