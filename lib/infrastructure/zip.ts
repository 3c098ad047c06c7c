import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';

// ZIP has no earlier time: https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt, 4.4.6
const mtime = '1980-01-01T12:00:00';

/** A folder as one file; equal files give equal bytes. */
export const zipped = (folder: string): Uint8Array => {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile()).map((one) => join(one.parentPath, one.name));
  const entries = files
    .toSorted()
    .map((file) => [relative(folder, file), readFileSync(file)] as const);
  return zipSync(Object.fromEntries(entries), { mtime });
};
