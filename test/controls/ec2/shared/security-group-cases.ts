import fc from 'fast-check';
import * as controls from '../../../../lib/controls/ec2/index.ts';
import { type Failing, planOf } from '../../../../lib/engine/remediation/planning.ts';
import type { Control, Plan } from '../../../../lib/model/control.ts';
import type { Rule } from '../../../../lib/resources/ec2/security-group-rules.ts';
import { runs } from '../../../extent.ts';
import { applied } from '../../apply/applied.ts';
import { defaults, now } from '../../harness.ts';
import { facetsOf, rule } from '../rules.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: 'sg-1' };
const arn = 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1';
export const place = { ref, arn, at: now };
export const lists = {
  'pl-all': ['10.0.0.0/8', '0.0.0.0/0'],
  'pl-everybody': ['0.0.0.0/0'],
  'pl-half': ['128.0.0.0/1'],
  'pl-six': ['2000::/3'],
};
type State = ReturnType<typeof facetsOf> & Readonly<Record<string, unknown>>;

/** What traffic a sample of it is: a protocol, and a port where it has ports. */
type Traffic = readonly [protocol: string, port?: number];
export const portless: readonly Traffic[] = [['icmp'], ['icmpv6'], ['47'], ['50']];
const names: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp' };

/** The model: whether a rule lets this in, as EC2 documents it. */
const admits = (one: Rule, [protocol, port = -1]: Traffic): boolean => {
  const ofRule = names[one.protocol] ?? one.protocol;
  if (ofRule === '-1') return true;
  if (ofRule !== protocol) return false;
  if (protocol !== 'tcp' && protocol !== 'udp') return true;
  const from = one.fromPort === undefined || one.fromPort === -1 ? 0 : one.fromPort;
  const to = one.toPort === undefined || one.toPort === -1 ? 65_535 : one.toPort;
  return from <= port && port <= to;
};
export const peerOf = ({ peer }: Rule): string => (peer.kind === 'network' ? peer.cidr : peer.id);

/** Ports at which something can begin or end. */
const portsAmong = (...states: readonly State[]): readonly number[] => {
  const ends = states.flatMap(({ rules }) =>
    rules.flatMap(({ fromPort = 0, toPort = 65_535 }) => [fromPort, toPort]),
  );
  const near = [22, 80, 443, 1434, 3389, 5432, ...ends].flatMap((p) => [p - 1, p, p + 1]);
  return [...new Set(near)].filter((port) => port > 0 && port <= 65_535);
};
export const samplesOf = (...states: readonly State[]): readonly Traffic[] => [
  ...portless,
  ...portsAmong(...states).flatMap((port): Traffic[] => [
    ['tcp', port],
    ['udp', port],
  ]),
];
// Of a family, only its own ICMP means anything.
const isMeant = (peer: string, [protocol]: Traffic): boolean =>
  protocol === 'icmp'
    ? !/:|^pl-six$/.test(peer)
    : protocol !== 'icmpv6' || /:|^pl-six$|^sg-/.test(peer);

/** What comes in, and from where, of these samples. */
export const allowed = ({ rules }: State, samples: readonly Traffic[]): ReadonlySet<string> =>
  new Set(
    rules
      .filter(({ direction }) => direction === 'ingress')
      .flatMap((one) =>
        samples
          .filter((traffic) => admits(one, traffic) && isMeant(peerOf(one), traffic))
          .map(([protocol, port = '']) => `${peerOf(one)} ${protocol} ${port}`.trim()),
      ),
  );
export const missing = (from: ReadonlySet<string>, what: ReadonlySet<string>): readonly string[] =>
  [...what].filter((one) => !from.has(one));

export const stateAfter = (
  state: State,
  calls: Extract<Plan, { kind: 'calls' }>['calls'],
): State => {
  const after = applied(state, calls);
  if (!after) throw new Error('a call has no known effect');
  return { ...state, ...after };
};
export const evaluate = ({ control, parameters }: Failing, state: State) =>
  control.evaluate(state, { ref, parameters, at: now });

const failable = (control: Control, changed: Readonly<Record<string, unknown>> = {}): Failing => ({
  control,
  parameters: { ...defaults(control), ...changed },
});
const portControls: readonly Failing[] = [
  failable(controls.securityGroupClosesSsh),
  failable(controls.securityGroupClosesRdp),
  failable(controls.securityGroupClosesHighRiskPorts),
  failable(controls.securityGroupClosesAdminPortsOverIpv4, { restrictPorts: [22, 25, 3389] }),
  failable(controls.securityGroupClosesAdminPortsOverIpv6),
  failable(controls.securityGroupClosesDatabasePorts),
  failable(controls.securityGroupKeepsDatabasePortsPrivate),
  failable(controls.securityGroupKeepsSomethingClosed),
  failable(controls.securityGroupOpensOnlyAuthorizedPorts, { authorizedUdpPorts: [53] }),
  failable(controls.securityGroupAdmitsNoWidePublicNetwork, { widestIpv4Prefix: 8 }),
  failable(controls.securityGroupAdmitsAdminsFromNamedSources, {
    adminSources: ['10.0.0.0/8', '128.0.0.0/1', 'sg-1', 'pl-half'],
  }),
];

const port = fc.oneof(fc.constantFrom(20, 21, 22, 23, 53, 80, 443, 3389, 5432), fc.nat(65_535));
const ports = fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const traffic = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('tcp', 'udp'), ports).map((all) => all.join(' ')),
  },
  { weight: 6, arbitrary: fc.constantFrom('tcp 0-65535', 'udp 0-65535', 'tcp 22-22') },
  fc.constantFrom('-1', 'icmp -1/-1', '47', '50'),
);
const peer = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0') },
  { weight: 3, arbitrary: fc.constantFrom('0.0.0.0/1', '128.0.0.0/1') },
  fc.constantFrom('64.0.0.0/2', '0.0.0.0/2', '2000::/4'),
  fc.constantFrom('10.0.0.0/8', '203.0.113.7/32', '198.51.0.0/16', '11.0.0.0/8', 'fd00::/8'),
  fc.constantFrom('sg-1', 'sg-2', ...Object.keys(lists), 'pl-unseen'),
);
const text = fc
  .tuple(traffic, fc.constantFrom('from', 'from', 'from', 'to'), peer)
  .map((all) => all.join(' '));
const marks = fc.record({
  description: fc.constantFrom(undefined, 'web', 'bastion'),
  tags: fc.constantFrom({}, { team: 'net' }),
});
const someRules = fc
  .uniqueArray(text, { maxLength: 7 })
  .chain((texts) =>
    fc.tuple(...texts.map((one) => marks.map((mark) => ({ ...rule(one), ...mark })))),
  );
export const states = someRules.map((rules): State => facetsOf(rules, lists));
export const asked = fc.shuffledSubarray(
  portControls.map(({ control }) => control.id),
  { minLength: 1 },
);

interface Case {
  readonly state: State;
  readonly failing: readonly Failing[];
  readonly planned: readonly Failing[];
  readonly plan: Extract<Plan, { kind: 'calls' }>;
  readonly after: State;
}
export const caseOf = (state: State, ids: readonly string[]): Case | undefined => {
  const among = ids.flatMap((id) => portControls.filter(({ control }) => control.id === id));
  const failing = among.filter((one) => evaluate(one, state).status === 'FAIL');
  const made = planOf(failing, state, place);
  if (made?.plan.kind !== 'calls') return undefined;
  const planned = failing.filter(({ control }) => made.controls.includes(control.id));
  return { state, failing, planned, plan: made.plan, after: stateAfter(state, made.plan.calls) };
};
/** Each plan that is carried out by itself, of generated groups and controls. */
export const forEachPlan = (hold: (one: Case) => void): void =>
  fc.assert(
    fc.property(states, asked, (state, among) => {
      const one = caseOf(state, among);
      if (one) hold(one);
    }),
    runs(400),
  );

export const only = (state: State, sample: string): State => {
  const [from = '', protocol = '', portText] = sample.split(' ');
  const there = state.rules.filter((one) =>
    admits(one, portText === undefined ? [protocol] : [protocol, Number(portText)]),
  );
  const range =
    portText === undefined ? {} : { fromPort: Number(portText), toPort: Number(portText) };
  const pinned = there.map((one) => ({ ...one, protocol, ...range }));
  return { ...facetsOf(pinned, lists), from };
};
