import type { Effects } from './index.ts';

export const s3: Effects = {
  putPublicAccessBlock: (snapshot, { PublicAccessBlockConfiguration }) => ({
    ...snapshot,
    publicAccessBlock: PublicAccessBlockConfiguration,
  }),
  deletePublicAccessBlock: (snapshot) => ({ ...snapshot, publicAccessBlock: undefined }),
};
