import { stageEncryptsItsCache } from '../../../lib/controls/apigateway/stage-encrypts-its-cache.ts';
import { testControl } from '../harness.ts';

const method = (of: string, isCached: boolean, isEncrypted: boolean) => ({
  of,
  isCached,
  isEncrypted,
});
const cached = (...methods: readonly ReturnType<typeof method>[]) => ({
  cache: { isOn: true, methods },
});

testControl(stageEncryptsItsCache, {
  rows: {
    'encrypted answers of all methods': {
      given: cached(method('*/*', true, true)),
      verdict: 'PASS',
    },
    'of no method': { given: cached(method('*/*', false, false)), verdict: 'PASS' },
    'answers in the clear': {
      given: cached(method('*/*', true, false)),
      verdict: 'FAIL',
      evidence: ['cache.methods[*/*].isEncrypted'],
    },
    'one method in the clear': {
      given: cached(method('*/*', true, true), method('~1orders/GET', true, false)),
      verdict: 'FAIL',
      evidence: ['cache.methods[~1orders/GET].isEncrypted'],
    },
    'one method that is not cached': {
      given: cached(method('*/*', true, true), method('~1orders/GET', false, false)),
      verdict: 'PASS',
    },
    'a cache of which nobody has said anything': {
      given: cached(),
      verdict: 'FAIL',
      evidence: ['cache.methods[*/*].isEncrypted'],
    },
    'a cache of which only one method is set': {
      given: cached(method('~1orders/GET', true, true)),
      verdict: 'FAIL',
      evidence: ['cache.methods[*/*].isEncrypted'],
    },
    'no cache': {
      given: { cache: { isOn: false, methods: [method('*/*', false, false)] } },
      verdict: 'NOT_APPLICABLE',
    },
    'no cache, and a method that would be cached in the clear': {
      given: { cache: { isOn: false, methods: [method('~1orders/GET', true, false)] } },
      verdict: 'FAIL',
      evidence: ['cache.methods[~1orders/GET].isEncrypted'],
    },
    'no cache, and a method that would be cached encrypted': {
      given: { cache: { isOn: false, methods: [method('~1orders/GET', true, true)] } },
      verdict: 'PASS',
    },
  },
});
