import { readFile, writeFile } from 'node:fs/promises';

export const pageOfBenchmarks = new URL('../docs/reference/benchmarks.md', import.meta.url);
export const readme = new URL('../README.md', import.meta.url);

/** Puts a text between the marks `<!-- name -->` and `<!-- /name -->` of a page. */
export const writeSection = async (name: string, text: string, page: URL): Promise<void> => {
  const [before = '', rest] = (await readFile(page, 'utf8')).split(`<!-- ${name} -->\n`);
  if (rest === undefined) throw new Error(`${page.pathname} has no section ${name}`);
  const after = rest.slice(rest.indexOf(`<!-- /${name} -->`));
  await writeFile(page, `${before}<!-- ${name} -->\n${text}\n${after}`);
};
