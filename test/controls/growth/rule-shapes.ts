import type { Rule } from '../../../lib/resources/ec2/security-group-rules.ts';
import { facetsOf, rule } from '../ec2/rules.ts';
import type { Make } from './made.ts';

/** A text of rule number `i` of `size`; `salt` is a number, so that no two rounds have the same addresses. */
type Text = (i: number, size: number, salt: number) => string;

const hex = (i: number): string => i.toString(16);
const octets = (i: number): string => `${(i >> 16) % 256}.${(i >> 8) % 256}.${i % 256}`;

/** The rules on which an analysis that compares each rule with each other one takes longest. */
const texts: Readonly<Record<string, Text>> = {
  'ports that all overlap': (i, _, salt) =>
    `tcp ${i}-${i + 30_000} from ${1 + (i % 223)}.${octets(i + salt)}/${20 + (i % 13)}`,
  'ports that all overlap, IPv6': (i, _, salt) =>
    `tcp ${i}-${i + 30_000} from 2${hex(i % 4096).padStart(3, '0')}:${hex(salt)}::/${32 + (i % 90)}`,
  'ports in one another, each open to the internet by itself': (i) =>
    `${i % 2 ? 'tcp' : 'udp'} ${i}-${60_000 - i} from ${i % 3 ? '0.0.0.0/0' : '::/0'}`,
  'the internet in as many parts as there are rules': (i, size, salt) => {
    const prefix = Math.ceil(Math.log2(size));
    const first = (i * 2 ** (32 - prefix) + (salt % 7)) >>> 0;
    return `tcp 22 from ${first >>> 24}.${octets(first)}/${prefix}`;
  },
  'the internet of IPv6 in as many parts as there are rules': (i, size) =>
    `-1 from ${hex(0x2000 + Math.floor((i * 4096) / size))}::/${4 + Math.ceil(Math.log2(size))}`,
  'pairs of halves, each pair on a port of its own': (i) =>
    `tcp ${10 * (i >> 1)}-${10 * (i >> 1) + 9} from ${i % 2 ? 128 : 0}.0.0.0/1`,
  'pairs of halves, each pair on more ports than the one before': (i) =>
    `tcp ${10 * (i >> 1)}-65000 from ${i % 2 ? '2000::/5' : '2800::/5'}`,
  'networks of 128 of which each is a wide one together, in no order': (i, size, salt) => {
    const at = (i * 7919 + salt) % size;
    const first = 2 * (at >> 7) + ((at >> 6) & 1);
    return `tcp 22-${23 + (i % 50)} from 198.51.${first}.${4 * (at & 63)}/30`;
  },
  'networks of which all are one wide one together': (i, size) =>
    `tcp 22-${23 + (i % 50)} from 2001:db8:0:${hex(Math.floor((i * 65_536) / size))}::/${48 + Math.ceil(Math.log2(size))}`,
  'networks that nobody outside is in, and one that is everybody': (i, size, salt) =>
    i === size - 1 ? 'tcp 22 from 0.0.0.0/0' : `tcp ${i % 65_000} from 10.${octets(i + salt)}/32`,
  'other groups': (i) => `tcp ${i}-${i + 100} from sg-${hex(i).padStart(8, '0')}`,
  'ways out': (i, _, salt) => `tcp ${i}-${i + 100} to ${1 + (i % 223)}.${octets(i + salt)}/32`,
  'prefix lists, each of them for eight rules': (i) => `tcp ${i}-${i + 100} from pl-${hex(i >> 3)}`,
  'prefix lists that nobody can see': (i) => `tcp 1-${i + 22} from pl-x${hex(i)}`,
};

const listsOf = (rules: readonly Rule[], salt: number) =>
  Object.fromEntries(
    rules.flatMap(({ peer }, i) =>
      peer.kind === 'prefixList' && !peer.id.startsWith('pl-x')
        ? [[peer.id, [`${1 + (i % 223)}.${octets(i + salt)}/24`, '10.0.0.0/8']]]
        : [],
    ),
  );

const madeOf =
  (text: Text): Make =>
  (size, salt) => {
    const rules = Array.from({ length: size }, (_, i) => rule(text(i, size, salt)));
    return facetsOf(rules, listsOf(rules, salt));
  };

/** One rule for a prefix list that has as many entries. */
const oneList: Make = (size, salt) =>
  facetsOf([rule('tcp 22 from pl-1')], {
    'pl-1': Array.from(
      { length: size },
      (_, i) => `${1 + (i % 223)}.${octets(i + salt)}/${9 + (i % 24)}`,
    ),
  });

const asDefault =
  (make: Make): Make =>
  (size, salt) => ({
    ...make(size, salt),
    group: { name: 'default', owner: '123456789012', vpc: 'vpc-1' },
  });

export const ruleShapes: Readonly<Record<string, Make>> = {
  ...Object.fromEntries(
    Object.entries(texts).map(([title, text]) => [`rules: ${title}`, madeOf(text)]),
  ),
  'rules: one prefix list of as many entries': oneList,
  'rules: those of a default group': asDefault(madeOf(texts['ways out'] ?? (() => ''))),
};
