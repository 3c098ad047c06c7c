import { writeFile } from 'node:fs/promises';

/** Writes a file; what the system refuses then has its path, which Node leaves out where a disk is full. */
export const written = async (path: string, contents: string | Uint8Array): Promise<void> => {
  try {
    await writeFile(path, contents);
  } catch (error) {
    throw Object.assign(Object(error), { path });
  }
};
