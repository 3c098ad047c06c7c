import { rootHasHardwareMfa } from '../../../lib/controls/iam/root-has-hardware-mfa.ts';
import { testControl } from '../harness.ts';

const virtual = 'arn:aws:iam::123456789012:mfa/root-account-mfa-device';

testControl(rootHasHardwareMfa, {
  base: { summary: { AccountMFAEnabled: 1, AccountPasswordPresent: 1 }, rootVirtualMfaDevices: [] },
  rows: {
    'a security key': { given: {}, verdict: 'PASS' },
    'a virtual device': {
      given: { rootVirtualMfaDevices: [virtual] },
      verdict: 'FAIL',
      evidence: ['rootVirtualMfaDevices'],
    },
    'two virtual devices, and perhaps a security key': {
      given: { rootVirtualMfaDevices: [virtual, 'arn:aws:iam::123456789012:mfa/phone'] },
      verdict: 'FAIL',
      evidence: ['rootVirtualMfaDevices', 'rootVirtualMfaDevices'],
    },
    'no device': {
      given: { summary: { AccountMFAEnabled: 0, AccountPasswordPresent: 1 } },
      verdict: 'FAIL',
      evidence: ['summary.AccountMFAEnabled'],
    },
    'credentials that the organization has removed': {
      given: { summary: { AccountMFAEnabled: 0, AccountPasswordPresent: 0 } },
      verdict: 'PASS',
    },
    'credentials that were removed, and a virtual device that was left': {
      given: {
        summary: { AccountMFAEnabled: 1, AccountPasswordPresent: 0 },
        rootVirtualMfaDevices: [virtual],
      },
      verdict: 'PASS',
    },
  },
});
