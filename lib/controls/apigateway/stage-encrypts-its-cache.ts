import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { restStage } from '../../resources/apigateway/rest-stage.ts';

export const stageEncryptsItsCache = defineControl(restStage, {
  id: 'APIGateway.5',
  title: 'API Gateway REST API cache data should be encrypted at rest',
  severity: 'MEDIUM',
  rationale: 'Answers in a cache are data of those who asked.',
  standards: {
    'fsbp-1.0.0': ['APIGateway.5'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['cache'],
  evaluate({ cache: { isOn, methods } }) {
    const inTheClear = methods.filter(({ isCached, isEncrypted }) => isCached && !isEncrypted);
    // What a method is configured to counts, as in Security Hub: the stage gets its cache apart of that.
    if (!isOn && !methods.some(({ isCached }) => isCached))
      return notApplicable('the stage has no cache');
    // Where nothing is set for all of them: "When you enable caching for a stage, only GET methods have caching enabled by
    // default" (api-gateway-caching), and data is not encrypted unless somebody says so.
    const isSaidOfAll = !isOn || methods.some(({ of }) => of === '*/*');
    const plain = [...(isSaidOfAll ? [] : [{ of: '*/*' }]), ...inTheClear];
    return plain.length === 0
      ? pass
      : fail(
          'answers of some methods are cached in the clear',
          plain.map(({ of }) => ({
            path: `cache.methods[${of}].isEncrypted`,
            actual: false,
            expected: true,
          })),
        );
  },
  remediation: {
    advice:
      'Encrypt the cache of each method that has one (cacheDataEncrypted); the cache is then emptied.',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html',
  },
});
