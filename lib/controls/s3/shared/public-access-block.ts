import { type Evidence, fail, pass, type Verdict } from '../../../model/control.ts';

export const blocks = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;
export const allBlocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
} as const;
type Blocks = { readonly [B in (typeof blocks)[number]]?: boolean | undefined };

/** All four settings must be on; `whose` is the bucket or the account that they are set on. */
export const evaluateBlocks = (set: Blocks | undefined, whose: string): Verdict => {
  const open = blocks.filter((block) => set?.[block] !== true);
  if (open.length === 0) return pass;
  const evidence = open.map(
    (block): Evidence => ({
      path: `publicAccessBlock.${block}`,
      actual: set?.[block] ?? null,
      expected: true,
    }),
  );
  return fail(set ? `${open.join(', ')} off` : `${whose} has no public access block`, evidence);
};
