const collator = new Intl.Collator('en', { numeric: true });

/** EC2.2 before EC2.13. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  collator.compare(a.id, b.id);
