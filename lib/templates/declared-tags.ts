import { mostValueLength, type TagValues } from '../engine/posture/report-tags.ts';
import { Unresolved } from '../model/unresolved.ts';
import { World } from './resolution/world.ts';
import { tagsOf } from './resource-tags.ts';
import { Stack } from './stack.ts';
import type { Declaration, Deployment, Template } from './template.ts';

/** What is so however the template is deployed; `undefined` where that hangs on a parameter, a condition or what is not known. */
const certain = <T>(world: World, read: () => T): T | undefined => {
  world.forget();
  try {
    const value = read();
    return world.isPlain ? value : undefined;
  } catch (error) {
    if (error instanceof Unresolved) return undefined;
    throw error;
  }
};

const tagsIn = (template: Template, declared: Declaration, keys: readonly string[]): TagValues => {
  const world = new World();
  const resource = new Stack(template, world).resource(declared);
  const written = certain(world, () => tagsOf(resource));
  if (!written) return {};
  const known = new Map<string, string | undefined>();
  let areAllNamed = true;
  for (const { key, value } of written) {
    const name = certain(world, () => key.text());
    if (name === undefined) areAllNamed = false;
    else
      known.set(
        name,
        certain(world, () => value.text()),
      );
  }
  return Object.fromEntries(
    keys.flatMap((key): readonly (readonly [string, string | null])[] => {
      const value = known.get(key);
      if (value !== undefined && value.length <= mostValueLength) return [[key, value]];
      // AWS sets those itself.
      const isNone = areAllNamed && !known.has(key) && !key.startsWith('aws:');
      return isNone ? [[key, null]] : [];
    }),
  );
};

/** Names that a check takes where nobody says as what a template is deployed. */
const elsewhere: Partial<Deployment> = {
  account: '999988887777',
  region: 'eu-south-2',
  stackName: 'another-stack',
};

/**
 * The tags of these keys that a file declares; of a key that is not in it nothing is known. A resource without one has that of the
 * stack that it is nested in.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-add-tags.html
 */
export const declaredTags = (
  template: Template,
  declared: Declaration,
  keys: readonly string[],
): TagValues => {
  if (declared.isPart) return {};
  const { deployment } = template;
  const here = tagsIn(template, declared, keys);
  const there = tagsIn(
    { ...template, deployment: { ...deployment, ...elsewhere } },
    declared,
    keys,
  );
  const ofStack = deployment.tagsOf?.(keys);
  return Object.fromEntries(
    Object.entries(here).flatMap(([key, value]) => {
      if (there[key] !== value) return [];
      const own = value ?? (ofStack === undefined ? null : ofStack[key]);
      return own === undefined ? [] : [[key, own]];
    }),
  );
};
