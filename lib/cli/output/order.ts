import { compareNaturally } from '../../support/compare.ts';

/** EC2.2 before EC2.13. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  compareNaturally(a.id, b.id);
