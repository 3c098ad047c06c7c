import { basename } from 'node:path';
import type { Recognised } from '../check/format.ts';

/** https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file */
const customary = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;

/** The files that are merged over one where nobody says otherwise. */
export const overridesOf = (name: string): readonly string[] => {
  const [, stem] = /^((?:docker-)?compose)\.ya?ml$/.exec(name) ?? [];
  return stem === undefined ? [] : [`${stem}.override.yaml`, `${stem}.override.yml`];
};

const hasServices = (text: string): boolean =>
  /^["']?services["']?[ \t]*:[ \t]*(?:#.*|[&!]\S+[ \t]*|\{.*)?\r?$/m.test(text) &&
  /^(?:[ \t]{2,}|.*\{[ \t]*)["']?(?:image|build|extends)["']?[ \t]*:/m.test(text);
const hasServicesInJson = (text: string): boolean =>
  /"services"\s*:\s*\{/.test(text) && /"(?:image|build|extends)"\s*:/.test(text);

/** Cheap: whether a text is a file of compose. */
const isCompose = (path: string, text: string): boolean => {
  if (customary.test(basename(path))) return true;
  if (/^\s*\{/.test(text)) return hasServicesInJson(text);
  // A workflow of GitHub or GitLab has services, too: below a job, or as a list.
  return hasServices(text) && !/^(?:jobs|stages|apiVersion)[ \t]*:/m.test(text);
};

export const recognised: Recognised = { isNamed: () => false, recognises: isCompose };
