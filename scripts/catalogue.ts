import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Control } from '../lib/model/control.ts';
import type { AnyResourceType } from '../lib/model/resource-type.ts';
import type { AnyService } from '../lib/services/service.ts';
import { UserError } from '../lib/support/user-error.ts';

export interface Found<T> {
  /** From the repository's root, with `/`. */
  readonly file: string;
  readonly name: string;
  readonly value: T;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isControl = (value: unknown): value is Control =>
  isObject(value) && 'evaluate' in value && 'needs' in value && 'id' in value;
const isResourceType = (value: unknown): value is AnyResourceType =>
  isObject(value) && 'live' in value && 'facets' in value && 'type' in value;

const isService = (value: unknown): value is AnyService =>
  isObject(value) && 'sdk' in value && 'eventSource' in value;

export const camelCase = (kebab: string): string =>
  kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A folder's own modules, sorted; none where there is no such folder. */
const modulesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const modules = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return modules.map(({ name }) => name.slice(0, -3)).sort();
};

const exportsOf = async (root: string, file: string): Promise<[string, unknown][]> =>
  Object.entries(await import(pathToFileURL(join(root, file)).href));

const controlIn = async (root: string, folder: string, module: string): Promise<Found<Control>> => {
  const file = `${folder}/${module}.ts`;
  const controls = (await exportsOf(root, file)).flatMap(([name, value]) =>
    isControl(value) ? [{ file, name, value }] : [],
  );
  const [control, another] = controls;
  if (!control)
    throw new UserError(`${file}: exports no control; what controls share is in the folder shared`);
  if (another) throw new UserError(`${file}: exports two controls; a control has its own file`);
  const expected = camelCase(module);
  if (control.name !== expected)
    throw new UserError(`${file}: exports ${control.name}; after its file it is ${expected}`);
  return control;
};

/** The controls of each service folder; fails with one sentence where a file breaks the convention. */
export const findControls = async (root: string): Promise<Map<string, Found<Control>[]>> => {
  const entries = await readdir(join(root, 'lib/controls'), { withFileTypes: true });
  const services = entries.filter((entry) => entry.isDirectory());
  const found = new Map<string, Found<Control>[]>();
  for (const { name: service } of services.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = `lib/controls/${service}`;
    const modules = (await modulesIn(join(root, folder))).filter((module) => module !== 'index');
    const controls: Found<Control>[] = [];
    for (const module of modules) controls.push(await controlIn(root, folder, module));
    if (controls.length > 0) found.set(service, controls);
  }
  return found;
};

/** A folder's own modules, or where it has folders below it, theirs. */
const inFolder =
  <T>(folder: string, is: (value: unknown) => value is T) =>
  async (root: string): Promise<Found<T>[]> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const found: Found<T>[] = [];
    for (const each of [folder, ...below.sort().map((name) => `${folder}/${name}`)]) {
      for (const module of await modulesIn(join(root, each))) {
        const file = `${each}/${module}.ts`;
        // What is generated, and may name what is no more.
        if (['index', 'every'].includes(module)) continue;
        for (const [name, value] of await exportsOf(root, file))
          if (is(value)) found.push({ file, name, value });
      }
    }
    return found;
  };

export const findResourceTypes = inFolder('lib/resources', isResourceType);
export const findServices = inFolder('lib/services', isService);
