import { parsePolicy, type Statement } from '../../../analysis/policies/policy-document.ts';
import type { Ref } from '../../../model/resource-type.ts';

/** What the policy of one of our queues says. */
export interface Admission {
  /** The rules that may send, by ARN. */
  readonly rules: readonly string[];
  /** Statements that our stack did not write, with what is wrong. */
  readonly foreign: readonly { readonly path: string; readonly fault: string }[];
}

const isOwnRule = (arn: string, { account, region }: Ref): boolean => {
  const [, , service, inRegion, ofAccount, resource = ''] = arn.split(':');
  return (
    service === 'events' &&
    inRegion === region &&
    ofAccount === account &&
    /^rule\/Plumbline-[^*?$]+$/.test(resource)
  );
};

/** The rules of ours that an Allow is held to; none where it is open to anything else. */
const rulesIn = ({ principals, conditions }: Statement, ref: Ref): readonly string[] => {
  const isEvents =
    principals?.not === false &&
    principals.list.length > 0 &&
    principals.list.every(({ kind, id }) => kind === 'Service' && id === 'events.amazonaws.com');
  if (!isEvents) return [];
  const held = conditions.find(
    ({ operator, set, ifExists, key, values }) =>
      ['arnequals', 'arnlike', 'stringequals'].includes(operator) &&
      !(set || ifExists) &&
      key === 'aws:sourcearn' &&
      values.every((value) => isOwnRule(value, ref)),
  );
  return held?.values ?? [];
};

/** A Deny of what does not come over TLS, which shuts out nobody else. */
const isForTls = ({ conditions }: Statement): boolean =>
  conditions.some(
    ({ operator, set, ifExists, key, values }) =>
      operator === 'bool' &&
      !(set || ifExists) &&
      key === 'aws:securetransport' &&
      values.every((value) => value === 'false'),
  );

/** Reads the policy of one of our queues; none admits nobody. */
export const admissionOf = (policy: string | undefined, ref: Ref): Admission => {
  if (policy === undefined) return { rules: [], foreign: [] };
  const document = parsePolicy(policy);
  if ('unreadable' in document)
    return { rules: [], foreign: [{ path: 'policy', fault: document.unreadable }] };
  const rules: string[] = [];
  const foreign: { path: string; fault: string }[] = [];
  for (const statement of document.statements) {
    const { path } = statement;
    const admitted = statement.effect === 'Allow' ? rulesIn(statement, ref) : [];
    rules.push(...admitted);
    if (statement.effect === 'Allow' && admitted.length === 0)
      foreign.push({ path, fault: 'admits more than rules of Plumbline' });
    if (statement.effect === 'Deny' && !isForTls(statement))
      foreign.push({ path, fault: 'denies what may be an event' });
  }
  return { rules, foreign };
};

/** `Plumbline-Changes…` of an ARN. */
export const nameIn = (arn: string): string => arn.split(/[:/]/).at(-1) ?? '';

/** `<rule>` on the default bus and `<bus>/<rule>` on another one: names are unique on a bus alone. */
export const ruleIn = (arn: string): string => arn.split(':rule/').at(-1) ?? '';
