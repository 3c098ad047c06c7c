import { z } from 'zod';
import { didYouMean } from '../../support/nearest.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { day, httpsUrl, strictly, words } from '../words-schema.ts';
import { yamlOf } from '../yaml-of.ts';
import type { FrameworkData } from './framework.ts';

/** Frameworks of somebody's own by their files, where they lie beside the handlers that write reports by the clock. */
export const frameworksBundled = 'frameworks.json';

const requirement = strictly({
  id: words('an id', 100),
  title: words('a title').optional(),
  level: words('a level', 40).optional(),
  kind: z
    .enum(['automated', 'manual', 'shared'], { error: 'allowed: automated, manual, shared' })
    .default('automated'),
  controls: z.array(words('the id of a control', 60)).default([]),
});
const schema = strictly({
  id: words('an id', 60).regex(
    /^[a-z0-9][a-z0-9.-]*$/,
    'allowed: small letters, digits, points and dashes',
  ),
  title: words('a title'),
  publisher: words('who publishes it').default('own'),
  url: httpsUrl.optional(),
  source: words('where its requirements come from').default('a file of our own'),
  date: day,
  sections: z.record(z.string(), words('a title')).default({}),
  requirements: z.array(requirement).min(1, 'allowed: one requirement or more'),
});

const twice = (ids: readonly string[]): string | undefined =>
  ids.find((id, index) => ids.indexOf(id) !== index);

/** The ids that a framework may name, beside those of Security Hub. */
export interface KnownIds {
  /** On AWS and on hosts. */
  readonly controls: readonly string[];
  readonly manifests: readonly string[];
}

/** A framework of somebody's own, as a YAML text. */
export const ownFramework = (
  text: string,
  file: string,
  isSecurityHubs: (id: string) => boolean,
  { controls: running, manifests }: KnownIds,
): FrameworkData => {
  const ofManifests = new Set(manifests);
  const ids = new Set([...running, ...manifests]);
  const { value, source } = yamlOf(text, file, schema);
  const { requirements, url = '', ...about } = value;
  const double = twice(requirements.map(({ id }) => id));
  if (double !== undefined)
    throw new UserError(`${source.at(['requirements'])}: the requirement ${double} is there twice`);
  requirements.forEach(({ id, kind, controls }, index) => {
    const at = source.at(['requirements', index]);
    const wrong = controls.find((control) => !ids.has(control) && !isSecurityHubs(control));
    if (wrong !== undefined)
      throw new UserError(
        `${at}: there is no control ${wrong}; ${didYouMean(wrong, [...ids], `${runAs('controls')} lists them`)}`,
      );
    if (kind === 'manual' && controls.length > 0)
      throw new UserError(`${at}: ${id} is manual and has controls; allowed: kind shared`);
  });
  return {
    ...about,
    url,
    requirements: requirements.map(({ controls: _, title, level, ...row }) => ({
      ...row,
      ...(title === undefined ? {} : { title }),
      ...(level === undefined ? {} : { level }),
    })),
    controls: Object.fromEntries(
      requirements.map(({ id, controls }) => [id, controls.filter((one) => !ofManifests.has(one))]),
    ),
    manifests: Object.fromEntries(
      requirements.map(({ id, controls }) => [id, controls.filter((one) => ofManifests.has(one))]),
    ),
  };
};
