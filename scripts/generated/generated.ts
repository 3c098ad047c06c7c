import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byId } from '../../lib/cli/output/order.ts';
import { manifestControls } from '../../lib/manifests/index.ts';
import { findControls, findResourceTypes, findServices } from '../catalogue.ts';
import { allFormatted } from '../formatted.ts';
import { actionsTable } from './generated-actions.ts';
import { costPages } from './generated-costs.ts';
import { coveragePage } from './generated-coverage.ts';
import { cataloguePage, controlPage, servicePage } from './generated-docs.ts';
import { hostsPage } from './generated-hosts.ts';
import {
  controlsIndex,
  everyControlIndex,
  everyResourceTypeIndex,
  everyServiceIndex,
  resourcesIndex,
  securityHubIds,
  serviceIndex,
  servicesIndex,
} from './generated-indexes.ts';
import { manifestControlPage, manifestsPage } from './generated-manifests.ts';
import { missingControlsTable } from './generated-missing.ts';
import { everyType, readTypes, templatesPage } from './generated-templates.ts';
import { testIndexes } from './generated-test-indexes.ts';

/** Folders whose pages are all generated. */
const pageFolders = ['docs/controls', 'docs/reference/controls'];

const textOf = async (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch(() => undefined);

/** Every generated file by its path from the root, and what it should hold. */
export const generated = async (root: string): Promise<Map<string, string>> => {
  const [folders, types, services] = await Promise.all([
    findControls(root),
    findResourceTypes(root),
    findServices(root),
  ]);
  const controls = [...folders.values()].flat().map(({ value }) => value);
  const all = types.map(({ value }) => value);
  const sources = new Map([
    ['lib/controls/index.ts', controlsIndex(folders)],
    ['lib/controls/every.ts', everyControlIndex(folders)],
    ['lib/controls/security-hub-ids.generated.ts', securityHubIds()],
    ['lib/reports/frameworks/missing.generated.ts', missingControlsTable(controls)],
    ['lib/resources/index.ts', resourcesIndex(types)],
    ['lib/resources/every.ts', everyResourceTypeIndex(types)],
    ['lib/services/index.ts', servicesIndex(services)],
    ['lib/services/every.ts', everyServiceIndex(services)],
    ['lib/services/actions.generated.ts', await actionsTable(services, all, controls)],
    ...(await testIndexes(root, services)),
  ]);
  const read = await readTypes(root);
  if (read !== undefined) sources.set('lib/templates/declared/read-types.generated.ts', read);
  sources.set('lib/templates/declared/every-type.generated.ts', await everyType(root));
  for (const [folder, found] of folders)
    sources.set(`lib/controls/${folder}/index.ts`, serviceIndex(found));
  const files = await allFormatted(sources);
  for (const control of controls)
    files.set(`docs/controls/${control.id}.md`, controlPage(control, all));
  const sorted = new Map(
    [...folders].map(([service, found]) => [
      service,
      found.map(({ value }) => value).toSorted(byId),
    ]),
  );
  files.set('docs/reference/controls/README.md', cataloguePage(sorted));
  for (const [service, ofService] of sorted)
    files.set(`docs/reference/controls/${service}.md`, servicePage(service, ofService));
  files.set('docs/reference/coverage.md', coveragePage(controls));
  files.set('docs/reference/templates.md', templatesPage(all, controls));
  for (const control of manifestControls)
    files.set(`docs/controls/${control.id}.md`, manifestControlPage(control));
  files.set('docs/reference/manifests.md', manifestsPage());
  for (const [file, page] of Object.entries(costPages)) {
    const text = await textOf(join(root, file));
    if (text !== undefined) files.set(file, page(text));
  }
  const hosts = await textOf(join(root, 'docs/reference/hosts.md'));
  if (hosts !== undefined) files.set('docs/reference/hosts.md', hostsPage(hosts));
  return files;
};

/** Paths whose content is not what it should be, and pages of controls that are no more. */
export const outdated = async (root: string, files: ReadonlyMap<string, string>) => {
  const stale: string[] = [];
  for (const [file, text] of files) if ((await textOf(join(root, file))) !== text) stale.push(file);
  const pages = await Promise.all(
    pageFolders.map(async (folder) =>
      (await readdir(join(root, folder)).catch(() => [])).map((page) => `${folder}/${page}`),
    ),
  );
  const removed = pages.flat().filter((page) => !files.has(page));
  return { stale, removed };
};
