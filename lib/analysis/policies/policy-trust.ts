import { type Plan, propose } from '../../model/control.ts';
import { type PolicyOwner, type PolicyWriter, planPolicy } from './open-policy.ts';
import { heldBy, withStatements, writtenStatements } from './policy-closing.ts';
import { parsePolicy } from './policy-document.ts';
import { editPolicy, withoutPrincipals } from './policy-editing.ts';
import { type Outsider, outsidersIn } from './policy-outsiders.ts';
import { unheldServices } from './policy-services.ts';

const textOf = ({ path, principal }: Outsider): string =>
  `${path} ${principal.kind}: ${principal.id}`.toLowerCase();

/** Takes the principals of unknown accounts out of a policy; whom conditions name only a person can say. */
export const planWithoutOutsiders = (
  policy: string,
  writer: PolicyWriter,
  { ref, arn }: PolicyOwner,
  known: ReadonlySet<string>,
): Plan => {
  const outsidersOf = (text: string): readonly Outsider[] => {
    const parsed = parsePolicy(text);
    return 'unreadable' in parsed ? [] : outsidersIn(parsed.statements, ref.account, known);
  };
  const outsiders = outsidersOf(policy);
  const out = new Set(outsiders.filter(({ isNamed }) => isNamed).map(textOf));
  const touched = new Set(outsiders.map(({ path }) => path));
  const after = editPolicy(policy, (statement, path) =>
    touched.has(`${path}.Principal`)
      ? withoutPrincipals(statement, (kind, id) =>
          out.has(`${path}.Principal ${kind}: ${id}`.toLowerCase()),
        )
      : statement,
  );
  if (after === undefined)
    return propose('the policy names nobody else: whether it is needed only a person can say');
  if (outsidersOf(after).length > 0)
    return propose('the policy names the account in a condition, and not as a principal');
  const summary = 'takes principals of unknown accounts out of the policy';
  return planPolicy(policy, after, writer, { ref, arn, summary, risk: 'disruptive' });
};

/** What a person could write: services held to act for this account. Not every service says for which it acts. */
export const proposeHolding = (
  policy: string,
  writer: PolicyWriter,
  { ref, arn }: PolicyOwner,
): Plan => {
  const why = 'a service that does not say for which account it acts would be shut out';
  const parsed = parsePolicy(policy);
  if ('unreadable' in parsed) return propose(why);
  const unheld = new Set(unheldServices(parsed.statements, ref.account).map(({ path }) => path));
  const held = writtenStatements(policy).map((fields, index) =>
    unheld.has(parsed.statements[index]?.path ?? '')
      ? heldBy(fields, 'aws:SourceAccount', ref.account)
      : fields,
  );
  const whole = held.filter((one) => one !== undefined);
  return propose(
    why,
    whole.length < held.length
      ? undefined
      : [writer.put({ ref, arn }, withStatements(policy, whole))],
  );
};
