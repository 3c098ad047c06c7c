import { isScanned } from './shared/scan.ts';

export const imagesAreScanned = isScanned('images', {
  id: 'Inspector.2',
  title: 'Amazon Inspector ECR scanning should be enabled',
  rationale: 'An image is pushed once, and holes in it become known for as long as it is used.',
  pci: ['11.3.1'],
  advice:
    'Activate ECR scanning of Amazon Inspector in this region; in an organization the delegated administrator does it. AWS charges it by what is scanned.',
});
