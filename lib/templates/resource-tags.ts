import { Part } from './part.ts';

/** The names that CloudFormation has for the property. */
const properties = ['Tags', 'FileSystemTags', 'AccessPointTags'] as const;

/** A tag as it is written, resolved where it is asked for. */
interface WrittenTag {
  readonly key: Part;
  readonly value: Part;
}

/** Tags of a resource: a list of keys with their values or, of some types, an object of values by key. Throws where it is open. */
export const tagsOf = (resource: { get(name: string): Part }): readonly WrittenTag[] => {
  const given = properties.map((name) => resource.get(name)).find(({ isSet }) => isSet);
  const items = given?.oneOrMore() ?? [];
  const [only] = items;
  const isByKey = items.length === 1 && only !== undefined && !only.get('Key').isSet;
  return isByKey
    ? only.names.map((name) => ({ key: new Part(name, only.scope), value: only.get(name) }))
    : items.map((tag) => ({ key: tag.get('Key'), value: tag.get('Value') }));
};
