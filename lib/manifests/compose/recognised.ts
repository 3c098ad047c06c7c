import { basename } from 'node:path';
import { parseJson } from '../../support/json.ts';
import { asRecord } from '../../support/untyped.ts';
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
/** Other files have services, too, and images somewhere else. What is no JSON may be YAML that begins with a bracket. */
const namesImages = (json: string): boolean => {
  try {
    const services = Object.values(asRecord(asRecord(parseJson(json))['services'])).map(asRecord);
    return services.some((one) => ['image', 'build', 'extends'].some((key) => key in one));
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
};
const hasServicesInJson = (text: string): boolean =>
  /"services"\s*:\s*\{/.test(text) &&
  /"(?:image|build|extends)"\s*:/.test(text) &&
  namesImages(text);

/** Cheap: whether a text is a file of compose. */
const isCompose = (path: string, text: string): boolean => {
  if (customary.test(basename(path))) return true;
  if (/^\s*\{/.test(text)) return hasServicesInJson(text);
  // A workflow of GitHub or GitLab has services, too: below a job, or as a list.
  return hasServices(text) && !/^(?:jobs|stages|apiVersion)[ \t]*:/m.test(text);
};

export const recognised: Recognised = { isNamed: () => false, recognises: isCompose };
