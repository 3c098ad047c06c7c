import { kept } from '../support/once.ts';
import type { OtherFiles } from '../templates/check/other-files.ts';
import type { ManifestOptions } from './check/options.ts';
import { taskDefinition } from './ecs/type.ts';
import { allFormats, kinds, knowing } from './kinds.ts';

const load = async (options: Omit<ManifestOptions, 'formats' | 'controls'>) => {
  const { Manifests } = await import('./check/check-manifests.ts');
  const { manifestControls } = await import('./index.ts');
  return new Manifests({ ...options, formats: await allFormats(), controls: manifestControls });
};

/** Reads and evaluates manifests. What does so is loaded with the first of them: most runs have none. */
export const manifestFiles = (
  options: Omit<ManifestOptions, 'formats' | 'controls'>,
): OtherFiles => {
  const loaded = kept(() => load(options));
  let isAny = false;
  return {
    isNamed: (name) => kinds.some((kind) => kind.isNamed(name)),
    recognises: (path, text) => knowing(kinds, path, text) !== undefined,
    isNoTemplate: (text) => kinds.some((kind) => kind.isNoTemplate?.(text) ?? false),
    async add(source) {
      isAny = true;
      await (await loaded()).add(source);
    },
    async evaluated() {
      if (isAny) return (await loaded()).evaluated();
      return { located: [], problems: [], warnings: [], files: 0, resources: 0, unanswered: 0 };
    },
    async inTemplate(template, asked) {
      return template.byType.has(taskDefinition)
        ? (await loaded()).inTemplate(template, asked)
        : [];
    },
    async fixed(found, isProposed) {
      return isAny ? (await loaded()).fixed(found, isProposed) : [];
    },
  };
};
