import { basename } from 'node:path';
import type { Recognised } from '../check/format.ts';

/** https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file */
const customary = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;

/** https://github.com/compose-spec/compose-go/blob/main/cli/options.go (DefaultOverrideFileNames) */
const overrides = ['compose', 'docker-compose'].flatMap((stem) =>
  ['yml', 'yaml'].map((ending) => `${stem}.override.${ending}`),
);
/** The files of which the first that there is is merged over one where nobody says otherwise, whichever of its names that has. */
export const overridesOf = (name: string): readonly string[] =>
  /^(?:docker-)?compose\.ya?ml$/.test(name) ? overrides : [];

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
