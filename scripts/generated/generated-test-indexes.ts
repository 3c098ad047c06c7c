import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyService } from '../../lib/services/service.ts';
import type { Found } from '../catalogue.ts';
import { banner } from './generated-indexes.ts';

interface Exported {
  readonly module: string;
  readonly names: readonly string[];
}

/** What the files of a folder export as of a type, read as text: no test is loaded. None where there is no such folder. */
const exportedAs = async (folder: string, type: string): Promise<readonly Exported[]> => {
  const declared = new RegExp(`^export const (\\w+): ${type.replaceAll(/[[\]]/g, '\\$&')} =`, 'gm');
  const modules = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .sort();
  const found = await Promise.all(
    modules.map(async (module) => {
      const text = await readFile(join(folder, module), 'utf8');
      return { module, names: Array.from(text.matchAll(declared), ([, name = '']) => name) };
    }),
  );
  return found.filter(({ names }) => names.length > 0);
};

const imports = (found: readonly Exported[]): string =>
  found.map(({ module, names }) => `import { ${names.join(', ')} } from './${module}';`).join('\n');

/** What each service does at its calls; what a file exports for another of them is called otherwise than a service. */
const effectsIndex = async (folder: string, services: readonly Found<AnyService>[]) => {
  const isService = (name: string) => services.some((service) => service.name === name);
  const found = (await exportedAs(folder, 'Effects'))
    .map(({ module, names }) => ({ module, names: names.filter(isService) }))
    .filter(({ names }) => names.length > 0);
  return `${banner}
import type { Effects } from './effects.ts';
${imports(found)}

export const effects: Readonly<Record<string, Effects>> = { ${found.flatMap(({ names }) => names).join(', ')} };
`;
};

const driftsIndex = async (folder: string) => {
  const found = await exportedAs(folder, 'readonly Drift[]');
  return `${banner}
import type { Drift } from '../drift.ts';
${imports(found)}

/** A drift of every control that can be put right without a person. */
export const drifts: readonly Drift[] = [${found.flatMap(({ names }) => names.map((name) => `...${name}`)).join(', ')}];
`;
};

const folders = { apply: 'test/controls/apply', drifts: 'test/remediation/drifts' };

/** The indexes of what tests know of each service, by their paths; of folders that are there. */
export const testIndexes = async (
  root: string,
  services: readonly Found<AnyService>[],
): Promise<readonly (readonly [file: string, text: string])[]> => {
  const there = await Promise.all(
    Object.values(folders).map((folder) => readdir(join(root, folder)).catch(() => undefined)),
  );
  const texts = [
    [`${folders.apply}/index.ts`, await effectsIndex(join(root, folders.apply), services)],
    [`${folders.drifts}/index.ts`, await driftsIndex(join(root, folders.drifts))],
  ] as const;
  return texts.filter((_, index) => there[index] !== undefined);
};
