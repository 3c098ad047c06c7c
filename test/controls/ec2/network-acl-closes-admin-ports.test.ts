import { networkAclClosesAdminPorts } from '../../../lib/controls/ec2/network-acl-closes-admin-ports.ts';
import type { AclEntry } from '../../../lib/resources/ec2/network-acl.ts';
import { testControl } from '../harness.ts';

const last: AclEntry = {
  number: 32_767,
  isEgress: false,
  isAllowed: false,
  protocol: '-1',
  cidr: '0.0.0.0/0',
};
const allow = (number: number, more: Partial<AclEntry> = {}): AclEntry => ({
  ...last,
  number,
  isAllowed: true,
  ...more,
});
const tcp = (from: number, to = from) => ({ protocol: '6', ports: { from, to } });
const deny = (number: number, more: Partial<AclEntry>) =>
  allow(number, { ...more, isAllowed: false });
const given = (...entries: readonly AclEntry[]) => ({
  acl: { isDefault: false, entries: [...entries, last] },
});
const denied = (...numbers: readonly number[]) =>
  ({
    risk: 'disruptive',
    calls: numbers.map(() => 'ec2.createNetworkAclEntry'),
    input: numbers.map((RuleNumber) => ({ RuleNumber, Egress: false, RuleAction: 'deny' })),
    undo: 'widens',
  }) as const;
const office = { cidr: '198.51.100.0/24' };

testControl(networkAclClosesAdminPorts, {
  rows: {
    'nothing is let in': { given: given(), verdict: 'PASS' },
    'the default ACL of a VPC': {
      given: { acl: { isDefault: true, entries: [allow(100), last] } },
      verdict: 'NOT_APPLICABLE',
    },
    'everything is let in': {
      given: given(allow(100)),
      verdict: 'FAIL',
      evidence: ['acl.entries[100]', 'acl.entries[100]'],
      plan: denied(99, 98),
    },
    'everything is let out': { given: given(allow(100, { isEgress: true })), verdict: 'PASS' },
    'everybody may use SSH': {
      given: given(allow(100, tcp(22))),
      verdict: 'FAIL',
      reason: /SSH or RDP/,
      plan: denied(99),
    },
    'everybody may use RDP over IPv6': {
      given: given(allow(100, { ...tcp(3000, 4000), cidr: '::/0' })),
      verdict: 'FAIL',
      plan: denied(99),
    },
    'everybody may use a port of UDP': {
      given: given(allow(100, { protocol: '17', ports: { from: 0, to: 65_535 } })),
      verdict: 'PASS',
    },
    'everybody may use HTTPS': { given: given(allow(100, tcp(443))), verdict: 'PASS' },
    'the office may use SSH': {
      given: given(allow(100, { ...tcp(22), ...office })),
      verdict: 'PASS',
    },
    'SSH and RDP are denied before everything is let in': {
      given: given(deny(90, tcp(22)), deny(91, tcp(3389)), allow(100)),
      verdict: 'PASS',
    },
    'SSH is denied after everything is let in': {
      given: given(allow(100), deny(110, tcp(22)), deny(111, tcp(3389))),
      verdict: 'FAIL',
      plan: denied(99, 98),
    },
    'SSH is denied from one network before everything is let in': {
      given: given(deny(90, { ...tcp(22), ...office }), allow(100, tcp(22))),
      verdict: 'FAIL',
      plan: denied(99),
    },
    'the office is let in before everybody is': {
      given: given(allow(90, { ...tcp(22), ...office }), allow(100, tcp(22))),
      verdict: 'FAIL',
      plan: denied(99),
    },
    'the office is let in after everybody is': {
      given: given(allow(100, tcp(22)), allow(110, { ...tcp(22), ...office })),
      verdict: 'FAIL',
      plan: { proposal: /198\.51\.100\.0\/24/ },
    },
    'the office is let in by the number just before': {
      given: given(allow(99, { ...tcp(22), ...office }), allow(100, tcp(22))),
      verdict: 'FAIL',
      plan: { proposal: /entry 99/ },
    },
    'two halves let everybody in together': {
      given: given(
        allow(100, { ...tcp(22), cidr: '0.0.0.0/1' }),
        allow(110, { ...tcp(22), cidr: '128.0.0.0/1' }),
      ),
      verdict: 'FAIL',
      evidence: ['acl.entries[100]', 'acl.entries[110]'],
      plan: denied(99),
    },
    'the second half is denied before': {
      given: given(
        allow(100, { ...tcp(22), cidr: '0.0.0.0/1' }),
        deny(105, { protocol: '-1', cidr: '128.0.0.0/1' }),
        allow(110, { ...tcp(22), cidr: '128.0.0.0/1' }),
      ),
      verdict: 'PASS',
    },
    'everything is denied between two halves': {
      given: given(
        allow(100, { ...tcp(22), cidr: '0.0.0.0/1' }),
        deny(105, { protocol: '-1', cidr: '0.0.0.0/0' }),
        allow(110, { ...tcp(22), cidr: '128.0.0.0/1' }),
      ),
      verdict: 'PASS',
    },
    'one network is denied before two halves of IPv6': {
      given: given(
        deny(90, { ...tcp(3389), cidr: '2001:db8::/32' }),
        allow(100, { ...tcp(3389), cidr: '::/1' }),
        allow(110, { ...tcp(3000, 4000), cidr: '8000::/1' }),
      ),
      verdict: 'FAIL',
      evidence: ['acl.entries[100]', 'acl.entries[110]'],
      plan: denied(99),
    },
    'the office is let in after two halves': {
      given: given(
        allow(100, { ...tcp(22), cidr: '0.0.0.0/1' }),
        allow(110, { ...tcp(22), cidr: '128.0.0.0/1' }),
        allow(120, { ...tcp(22), ...office }),
      ),
      verdict: 'FAIL',
      plan: { proposal: /entry 120/ },
    },
    'no number is free': {
      given: given(allow(1, tcp(22))),
      verdict: 'FAIL',
      plan: { proposal: /no number/ },
    },
    'there is no room': {
      given: given(
        ...Array.from({ length: 19 }, (_, index) => allow(index + 1, tcp(8000 + index))),
        allow(100, tcp(22)),
      ),
      verdict: 'FAIL',
      plan: { proposal: /no room/ },
    },
  },
});
