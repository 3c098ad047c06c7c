import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { ecrRepository } from '../../resources/ecr/ecr-repository.ts';

export const repositoryScansImages = defineControl(ecrRepository, {
  id: 'ECR.1',
  title: 'ECR private repositories should have image scanning configured',
  severity: 'HIGH',
  rationale: 'Nobody knows what known vulnerabilities run in an image that is never scanned.',
  standards: {
    'fsbp-1.0.0': ['ECR.1'],
    'nist-800-53-r5': ['RA-5'],
    'pci-dss-4.0.1': ['6.2.3', '6.2.4'],
  },
  needs: ['scanning'],
  evaluate({ scanning: { isEnhanced, isByRule, isOnPush } }) {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
    if (isByRule || (!isEnhanced && isOnPush)) return pass;
    return fail('images are scanned neither on push nor continuously', [
      isEnhanced
        ? { path: 'scanning.isByRule', actual: false, expected: true }
        : { path: 'scanning.isOnPush', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Let a rule of the registry scan all repositories on push, or, with Amazon Inspector, continuously. Where you scan repositories one by one, turn scanning on push on.',
    grants: [{ actions: ['ecr:PutImageScanningConfiguration'], on: ({ arn }) => [arn] }],
    plan: ({ scanning: { isEnhanced } }, { ref: { id: repositoryName } }) => {
      if (isEnhanced)
        return propose(
          'enhanced scanning is set by rules of the registry, which are of all repositories',
        );
      const set = (scanOnPush: boolean) =>
        call('ecr', 'putImageScanningConfiguration', {
          repositoryName,
          imageScanningConfiguration: { scanOnPush },
        });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'scans images as they are pushed',
        calls: [set(true)],
        undo: { calls: [set(false)], widensAccess: false },
      };
    },
  },
});
