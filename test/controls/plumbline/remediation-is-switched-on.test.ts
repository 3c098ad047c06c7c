import { remediationIsSwitchedOn } from '../../../lib/controls/plumbline/remediation-is-switched-on.ts';
import { testControl } from '../harness.ts';

const at = '2026-06-15T11:00:00.123Z';
const parameter = { value: 'on', version: 2, at };
const wanted = { version: 2, at };

testControl(remediationIsSwitchedOn, {
  rows: {
    'nothing is remediated here': { given: { switch: undefined }, verdict: 'NOT_APPLICABLE' },
    'an operator has turned it on': { given: { switch: { parameter, wanted } }, verdict: 'PASS' },
    'it says off': {
      given: { switch: { parameter: { ...parameter, value: 'off' }, wanted } },
      verdict: 'FAIL',
      reason: /^remediation is switched off since 2026-06-15T11:00:00\.123Z$/,
      evidence: ['switch.parameter'],
    },
    'it says on, and nobody has asked for that': {
      given: { switch: { parameter, wanted: undefined } },
      verdict: 'FAIL',
      reason: /switched off since .*: its parameter says on, which no operator has asked for/,
      evidence: ['switch.parameter'],
    },
    'it was written again since an operator has asked': {
      given: { switch: { parameter: { ...parameter, version: 3 }, wanted } },
      verdict: 'FAIL',
      reason: /no operator has asked for/,
    },
    'it was deleted and made anew, with the version that an operator has asked for': {
      given: { switch: { parameter: { ...parameter, at: '2026-06-15T12:00:00.000Z' }, wanted } },
      verdict: 'FAIL',
      reason: /no operator has asked for/,
    },
    'nobody knows when it was written': {
      given: {
        switch: {
          parameter: { ...parameter, at: undefined },
          wanted: { version: 2, at: undefined },
        },
      },
      verdict: 'FAIL',
      reason: /^remediation is switched off: its parameter says on/,
    },
    'the parameter is gone': {
      given: { switch: { parameter: undefined, wanted } },
      verdict: 'FAIL',
      reason: /the parameter of its switch is gone/,
      evidence: ['switch.parameter'],
    },
  },
});
