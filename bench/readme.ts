import { readFile, writeFile } from 'node:fs/promises';

/** Puts a text between the marks `<!-- name -->` and `<!-- /name -->` of the README. */
export const writeSection = async (name: string, text: string): Promise<void> => {
  const readme = new URL('../README.md', import.meta.url);
  const [before = '', rest = ''] = (await readFile(readme, 'utf8')).split(`<!-- ${name} -->\n`);
  const after = rest.slice(rest.indexOf(`<!-- /${name} -->`));
  await writeFile(readme, `${before}<!-- ${name} -->\n${text}\n${after}`);
};
