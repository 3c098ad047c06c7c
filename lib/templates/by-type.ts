import type { Declaration } from './template.ts';

export const byTypeOf = (
  declarations: Iterable<Declaration>,
): ReadonlyMap<string, readonly Declaration[]> => {
  const byType = new Map<string, Declaration[]>();
  for (const one of declarations) {
    const all = byType.get(one.type);
    if (all) all.push(one);
    else byType.set(one.type, [one]);
  }
  return byType;
};
