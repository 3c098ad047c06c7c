import type { Template } from '../template.ts';
import type { Holed } from './hole.ts';
import type { Use } from './parameters.ts';
import type { World } from './world.ts';

/** In what a value is resolved. */
export interface Scope {
  readonly template: Template;
  readonly world: World;
  readonly use: Use;
  /** How many references led here: a template can refer in circles. */
  readonly depth: number;
  /** Functions resolve what they are given by it. */
  readonly resolve: (tree: unknown, scope: Scope) => Head;
}

/**
 * The outermost of a value: `undefined` where there is none, a scalar, a Holed, a list or an object whose inner parts are
 * not resolved yet.
 */
export type Head =
  | undefined
  | null
  | string
  | number
  | boolean
  | Holed
  | readonly unknown[]
  | object;

export const head = (tree: unknown, scope: Scope): Head => scope.resolve(tree, scope);
