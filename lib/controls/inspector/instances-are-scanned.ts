import { isScanned } from './shared/scan.ts';

export const instancesAreScanned = isScanned('instances', {
  id: 'Inspector.1',
  title: 'Amazon Inspector EC2 scanning should be enabled',
  rationale: 'What on an instance has a known hole shows in nothing that runs there.',
  pci: ['11.3.1'],
  advice:
    'Activate EC2 scanning of Amazon Inspector in this region; in an organization the delegated administrator does it. AWS charges it by what is scanned.',
});
