import type { Effects } from './effects.ts';

// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/
export const ecr: Effects = {
  putImageScanningConfiguration: (snapshot, { imageScanningConfiguration }) => ({
    ...snapshot,
    scanning: {
      ...Object(snapshot['scanning']),
      isOnPush: Object(imageScanningConfiguration).scanOnPush,
    },
  }),
  putImageTagMutability: (snapshot, { imageTagMutability }) => ({
    ...snapshot,
    imageTags: { mutability: imageTagMutability, exclusions: [] },
  }),
  setRepositoryPolicy: (snapshot, { policyText }) => ({ ...snapshot, policy: policyText }),
};
