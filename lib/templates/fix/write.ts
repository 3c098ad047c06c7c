import { Unresolved } from '../../model/unresolved.ts';
import type { Path } from '../document/document.ts';
import type { Edit } from '../edit/tree-edits.ts';
import type { Resource, Stack } from '../stack.ts';
import type { Declaration } from '../template.ts';

type Input = Readonly<Record<string, unknown>>;

/** In what a call of a plan is written into a template. */
export interface Writing {
  /** Whom the plan is of. */
  readonly resource: Resource;
  readonly stack: Stack;
}
/**
 * What a template says where a call is not made but declared; `undefined` where it cannot say it. A call that only a
 * deployment makes, such as a restart, says nothing: no change.
 */
export type Write = (input: Input, writing: Writing) => readonly Edit[] | undefined;
/** By the operations of a service. */
export type Writes = Readonly<Record<string, Write>>;

export const inProperties = ({ path }: Declaration, inner: Path): Path => [
  ...path,
  'Properties',
  ...inner,
];

const isSame = ({ properties }: Resource, path: Path, value: unknown): boolean => {
  try {
    const part = properties.get(...path.map(String));
    return typeof value !== 'object' && part.isSet && part.text() === String(value);
  } catch (error) {
    if (error instanceof Unresolved) return false;
    throw error;
  }
};

/** Sets a property; what is so by what is written already stays as it is written. */
export const setting = (resource: Resource, path: Path, value: unknown): readonly Edit[] =>
  isSame(resource, path, value) ? [] : [{ path: inProperties(resource.declared, path), value }];

/** A resource that the template lacks, under the first name of these that is free. */
export const addingResource = (
  { stack: { template } }: Writing,
  name: string,
  type: string,
  properties: Readonly<Record<string, unknown>>,
): readonly Edit[] => {
  let free = name;
  for (let number = 2; template.declarations.has(free); number += 1) free = `${name}${number}`;
  return [{ path: ['Resources', free], value: { Type: type, Properties: properties } }];
};
