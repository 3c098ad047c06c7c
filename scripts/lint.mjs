// What is asked of all files at once, in one pass of two seconds: Biome would take more than half of its time for this.
// Four things are refused: names that only this code knew, imports that come back to where they began (also those of types
// alone), a folder with too many files, and a regular expression that a text can make slow.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';
import { analyse } from 'scslre';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ['bench', 'bin', 'lambdas', 'lib', 'scripts', 'test'];
const isCode = (name) => /\.(?:ts|mjs|cjs)$/.test(name);
const namesIn = (folder, options) => {
  try {
    return readdirSync(join(root, folder), { encoding: 'utf8', ...options });
  } catch {
    return [];
  }
};
const below = (folder) =>
  namesIn(folder, { recursive: true }).map((name) => join(root, folder, name));
const files = [...namesIn('').map((name) => join(root, name)), ...folders.flatMap(below)].filter(
  isCode,
);
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const shown = (file) => relative(root, file);

/** The glossary of docs/ARCHITECTURE.md has the words in their place. */
const retired = new RegExp(
  readFileSync(join(root, 'lint', 'retired-words.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('|'),
  'i',
);
/** What a node of the tree names: a variable, a type, a parameter, a member. A sentence in a string names nothing. */
const nameOf = (node) => {
  if (node.type === 'Identifier') return node.value;
  return node.key?.type === 'StringLiteral' ? node.key.value : undefined;
};
const namesOf = (node) => {
  if (typeof node !== 'object' || node === null) return [];
  const name = nameOf(node);
  const inside = Object.values(node).flatMap(namesOf);
  return name === undefined ? inside : [name, ...inside];
};
const retiredIn = ([file, text]) => {
  if (!retired.test(text)) return [];
  const names = namesOf(parseSync(text, { syntax: 'typescript', target: 'es2023' }));
  return [...new Set(names)]
    .filter((name) => retired.test(name))
    .map((name) => `${shown(file)}: the name ${name} has a retired word; see the glossary`);
};

const importing = /(?:\bfrom|\bimport|\brequire)\s*(?:\(\s*)?['"](\.{1,2}\/[^'"]+)['"]/g;
const importsOf = (file) =>
  [...texts.get(file).matchAll(importing)]
    .map(([, path]) => join(dirname(file), path))
    .filter((path) => texts.has(path) && path !== file);

/** The first way back to itself that each group of files has. */
const cycles = () => {
  const found = [];
  const done = new Set();
  const visit = (file, way) => {
    if (done.has(file)) return;
    const begin = way.indexOf(file);
    if (begin >= 0) {
      found.push([...way.slice(begin), file]);
      return;
    }
    for (const imported of importsOf(file)) visit(imported, [...way, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found.map((way) => `${way.map(shown).join('\n  imports ')}: a cycle of imports`);
};

const mostInFolder = 38;
/** One file for each AWS service, found by the name of the service. */
const flat = new Set(['lib/services']);
const crowded = () => {
  const counts = new Map();
  for (const file of files) {
    const folder = dirname(shown(file)).replaceAll('\\', '/');
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > mostInFolder && !flat.has(folder))
    .map(
      ([folder, count]) =>
        `${folder}: ${count} files, allowed are ${mostInFolder}; make a folder of those that belong together`,
    );
};

const expressionsIn = (node) => {
  if (typeof node !== 'object' || node === null) return [];
  if (node.type === 'RegExpLiteral') return [{ source: node.pattern, flags: node.flags }];
  return Object.values(node).flatMap(expressionsIn);
};
/**
 * A regular expression that tries a text in more ways than the text is long: of two parts that both take a character,
 * each length of the first is tried where the end does not fit. In a group that repeats this doubles with each character.
 */
const isSlow = (expression) => {
  const { reports } = analyse(expression, { reportTypes: { Move: false } });
  return reports.length > 0;
};
const seen = new Map();
const slowIn = ([file, text]) => {
  if (/^(?:bench|test)\//.test(shown(file).replaceAll('\\', '/'))) return [];
  const expressions = expressionsIn(parseSync(text, { syntax: 'typescript', target: 'es2023' }));
  return expressions.flatMap((expression) => {
    const said = `/${expression.source}/${expression.flags}`;
    if (!seen.has(said)) seen.set(said, isSlow(expression));
    return seen.get(said)
      ? [
          `${shown(file)}: ${said} can take very long; let no two parts in a row take the same character`,
        ]
      : [];
  });
};

const refused = [
  ...[...texts].flatMap(retiredIn),
  ...cycles(),
  ...crowded(),
  ...[...texts].flatMap(slowIn),
];
for (const line of refused) console.error(line);
if (refused.length > 0) process.exitCode = 1;
