import { readFile, writeFile } from 'node:fs/promises';

/** Puts a text between the marks `<!-- name -->` and `<!-- /name -->` of the page of benchmarks. */
export const writeSection = async (name: string, text: string): Promise<void> => {
  const page = new URL('../docs/reference/benchmarks.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(page, 'utf8')).split(`<!-- ${name} -->\n`);
  const after = rest.slice(rest.indexOf(`<!-- /${name} -->`));
  await writeFile(page, `${before}<!-- ${name} -->\n${text}\n${after}`);
};
