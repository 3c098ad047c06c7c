import { Made, type Spec, same, type Wanted } from '../mapping.ts';
import type { View } from '../view.ts';

/** The attributes by which a property is set, by how it is made of them; `undefined` where none says it. */
export const attributesFor = (
  spec: Spec,
  wanted: Wanted,
  view: View,
): readonly Wanted[] | undefined => {
  if (typeof spec === 'string') return same(spec)(wanted, view, attributesFor);
  if (spec instanceof Made) return spec.inverse?.(wanted, view, attributesFor);
  const [name, ...path] = wanted.path;
  if (name !== undefined) {
    const inner = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (inner === undefined) return undefined;
    return attributesFor(inner, { path, value: wanted.value }, view);
  }
  const { value } = wanted;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const all: Wanted[] = [];
  for (const [key, one] of Object.entries(value)) {
    const made = attributesFor(spec, { path: [key], value: one }, view);
    if (!made) return undefined;
    all.push(...made);
  }
  return all;
};
