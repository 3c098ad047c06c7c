import { isScanned } from './shared/scan.ts';

export const functionCodeIsScanned = isScanned('code', {
  id: 'Inspector.3',
  title: 'Amazon Inspector Lambda code scanning should be enabled',
  rationale:
    'Injection and weak cryptography in the code of a function are found by nobody who looks at its packages alone.',
  pci: ['6.2.4', '6.3.1'],
  isOptional: true,
  advice:
    'Activate Lambda code scanning of Amazon Inspector in this region; in an organization the delegated administrator does it. AWS charges it by what is scanned.',
});
