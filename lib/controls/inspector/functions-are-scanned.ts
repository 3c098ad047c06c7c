import { isScanned } from './shared/scan.ts';

export const functionsAreScanned = isScanned('functions', {
  id: 'Inspector.4',
  title: 'Amazon Inspector Lambda standard scanning should be enabled',
  rationale:
    'The packages of a function stay as they were when it was deployed, whatever becomes known of them.',
  pci: ['6.2.4', '6.3.1'],
  isOptional: true,
  advice:
    'Activate Lambda standard scanning of Amazon Inspector in this region; in an organization the delegated administrator does it. AWS charges it by what is scanned.',
});
